"""The house rules that no linter knows: sizes, names, opening sentences, plain text in labels."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
# A host of packages, or the option that names one with a value behind it.
INDEX = re.compile(
    r"(?:https?|file)://\S*(?:pypi|pythonhosted|/simple\b|/wheels\b)"
    r"|--(?:extra-)?index-url[ =]\S|--find-links[ =]\S",
    re.IGNORECASE,
)
TEXT = {".py", ".toml", ".md", ".txt", ".json", ".yml", ".yaml", ".cfg", ".ini", ".sh", ".svg", ""}
SKIPPED = {"__pycache__", "out", "build", "dist", "data"}
SHOWN = {".ci", ".github", ".gitignore"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*rooms: str) -> list[Path]:
    return sorted(
        path
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if "__pycache__" not in path.parts
    )


OURS = python_files("newsdesk", "packaging")
TESTS = python_files("tests")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def text_files(folder: Path = ROOT) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in SKIPPED or (path.name.startswith(".") and path.name not in SHOWN):
            continue
        if path.is_dir():
            yield from text_files(path)
        elif path.suffix in TEXT:
            yield path


def test_there_is_something_to_look_at() -> None:
    assert len(OURS) > 10
    assert ROOT / "pyproject.toml" in set(text_files())
    assert ROOT / ".ci" / "run" in set(text_files())


def test_no_file_has_outgrown_its_purpose() -> None:
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in OURS}
    assert {path: count for path, count in lines.items() if count > LONGEST_FILE} == {}


def long_functions(tree: ast.Module) -> dict[str, int]:
    """Functions with a body of too many lines, its docstring included.

    The signature is not counted: a verb of the command line declares its options there.
    """
    lengths = {
        node.name: (node.end_lineno or 0) - node.body[0].lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, Function)
    }
    return {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}


def test_no_function_has_outgrown_its_purpose() -> None:
    found = {name(path): long_functions(parse(path)) for path in OURS}
    assert {path: functions for path, functions in found.items() if functions} == {}


def test_the_measure_of_a_function_can_fail() -> None:
    fits = "def f(\n    a,\n    b,\n):\n" + "    x = 1\n" * LONGEST_FUNCTION
    assert long_functions(ast.parse(fits)) == {}
    assert long_functions(ast.parse(fits + "    x = 2\n")) == {"f": LONGEST_FUNCTION + 1}


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [name(path) for path in OURS + TESTS if path.stem.strip("_") in VAGUE] == []
    assert [name(each) for each in (ROOT / "newsdesk").rglob("*") if each.name in VAGUE] == []


def test_each_module_opens_with_a_sentence_that_says_what_it_is_for() -> None:
    silent = []
    for path in OURS:
        opening = (ast.get_docstring(parse(path)) or "").split("\n\n")[0]
        if not opening.endswith((".", "?")) or len(opening.split()) < 3:
            silent.append(name(path))
    assert silent == []


def test_packaging_is_no_package() -> None:
    """With an __init__.py this folder would hide the library of the same name, which pip needs."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_no_text_names_a_package_index_or_the_machine_it_was_written_on() -> None:
    here = str(ROOT) if len(ROOT.parts) > 2 else None
    found = []
    for path in text_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        if path != Path(__file__) and (INDEX.search(text) or (here and f"{here}/" in text)):
            found.append(name(path))
    assert found == []


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("--index-url https://example.org/simple", True),
        ("--extra-index-url=https://example.org", True),
        ("see https://pypi.org/project/newsdesk", True),
        ("file:///srv/wheels/x.whl", True),
        ("--no-emit-index-url", False),
        ("http://www.apache.org/licenses/LICENSE-2.0", False),
    ],
)
def test_the_eye_for_addresses_sees_and_passes_over(text: str, caught: bool) -> None:
    assert bool(INDEX.search(text)) is caught


# Qt guesses whether a text is HTML. A label that guesses wrong can be made to open a named pipe
# or a device, and freezes the window: so each one says that its text is plain.
GUESSING = {"QLabel", "QMessageBox"}
BOXES = {"information", "question", "warning", "critical", "about"}


def called(node: ast.AST) -> str:
    """The last name of what is called: QLabel for QLabel(…) and for QtWidgets.QLabel(…)."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def says_plain(scope: ast.AST) -> bool:
    return any(
        called(each) == "setTextFormat" and "PlainText" in ast.unparse(each)
        for each in ast.walk(scope)
    )


def rich_text_traps(tree: ast.Module) -> list[int]:
    """The lines on which a widget is made that would guess whether its text is HTML."""
    scopes = [each for each in ast.walk(tree) if isinstance(each, Function | ast.ClassDef)]
    plain_lines = {
        line
        for scope in scopes
        if isinstance(scope, Function) and says_plain(scope)
        for line in range(scope.lineno, (scope.end_lineno or 0) + 1)
    }
    traps = []
    for node in ast.walk(tree):
        if called(node) in GUESSING and getattr(node, "lineno", 0) not in plain_lines:
            traps.append(getattr(node, "lineno", 0))
        if isinstance(node, ast.ClassDef) and not says_plain(node):
            bases = {ast.unparse(base).split(".")[-1] for base in node.bases}
            traps += [node.lineno] * bool(bases & GUESSING)
        if called(node) in BOXES and "QMessageBox." in ast.unparse(node).split("(")[0]:
            traps.append(getattr(node, "lineno", 0))
    return sorted(traps)


def test_every_label_and_box_says_that_its_text_is_plain() -> None:
    found = {name(path): rich_text_traps(parse(path)) for path in python_files("newsdesk/ui")}
    assert {path: lines for path, lines in found.items() if lines} == {}


PLAIN = "    label.setTextFormat(Qt.TextFormat.PlainText)\n"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("label = QLabel('x')", [1]),
        ("def f():\n    label = QtWidgets.QLabel('x')\n", [2]),
        (f"def f():\n    label = QLabel('x')\n{PLAIN}", []),
        (f"def f():\n    label = QLabel('x')\ndef g(label):\n{PLAIN}", [2]),
        ("class Own(QLabel):\n    pass", [1]),
        (f"class Own(QLabel):\n    def __init__(label):\n    {PLAIN}", []),
        ("def f():\n    QMessageBox.question(None, '', text)\n", [2]),
        ("def f():\n    logger.warning('x')\n", []),
    ],
)
def test_the_eye_for_rich_text_sees_and_passes_over(source: str, lines: list[int]) -> None:
    assert rich_text_traps(ast.parse(source)) == lines


def guessing_tips(tree: ast.Module) -> list[int]:
    """The lines on which a tooltip is set from a text that Qt could take for HTML.

    A tooltip can't be told that it is plain: its text is a literal without an angle bracket, or
    comes from a function that escapes it, named `plain_tip`.
    """
    tips = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or called(node) not in {"setToolTip", "showText"}:
            continue
        if called(node) == "showText" and "QToolTip" not in ast.unparse(node.func):
            continue
        text = node.args[1 if called(node) == "showText" else -1] if node.args else None
        literal = isinstance(text, ast.Constant) and "<" not in str(text.value)
        if not literal and (text is None or called(text) != "plain_tip"):
            tips.append(node.lineno)
    return tips


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("w.setToolTip('Undo')", []),
        ("w.setToolTip('<b>Undo</b>')", [1]),
        ("w.setToolTip(name)", [1]),
        ("w.setToolTip(plain_tip(name))", []),
        ("item.setToolTip(0, name)", [1]),
        ("QToolTip.showText(point, name)", [1]),
        ("QToolTip.showText(point, plain_tip(name))", []),
    ],
)
def test_the_eye_for_tooltips_sees_and_passes_over(source: str, lines: list[int]) -> None:
    assert guessing_tips(ast.parse(source)) == lines


def test_every_tooltip_is_plain() -> None:
    found = {name(path): guessing_tips(parse(path)) for path in python_files("newsdesk/ui")}
    assert {path: lines for path, lines in found.items() if lines} == {}
