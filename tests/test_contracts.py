"""The import contracts hold on the tree, and each of them can fail: wrong imports are planted."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {
    "app": ("module", "cli"),
    "cli": ("folder", "app"),
    "ui": ("folder", "cli"),
    "desk": ("folder", "ui"),
    "store": ("folder", "desk"),
    "formats": ("folder", "store"),
    "suggest": ("folder", "formats"),
    "provenance": ("folder", "suggest"),
    "agreement": ("folder", "provenance"),
    "fetch": ("folder", "agreement"),
    "model": ("folder", "fetch"),
    "settings": ("module", "model"),
}
"""Each room, what it is made of, and a room beside or above it that it must not know."""

OUTSIDERS = {
    "qt": {
        "cli": "PySide6",
        "desk": "PySide6",
        "store": "PySide6",
        "formats": "PySide6",
        "suggest": "PySide6",
        "provenance": "PySide6",
        "agreement": "PySide6",
        "fetch": "PySide6",
        "settings": "PySide6",
        "model": "shiboken6",
    },
    "sql": {"desk": "sqlalchemy", "formats": "sqlite3", "ui": "alembic", "cli": "psycopg"},
    "pipelines": {"desk": "spacy", "ui": "spacy", "cli": "onnxruntime", "formats": "tokenizers"},
    "network": {"formats": "socket", "ui": "http", "desk": "httpx"},
}
"""By contract: rooms, and a stranger that must not come in there."""


def lint(folder: Path, contract: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    command += ["--config", str(folder / "pyproject.toml")]
    command += ["--contract", contract] if contract else []
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def rejoined(output: str) -> str:
    """The report without its line breaks, which fall anywhere in a narrow terminal."""
    return " ".join(output.split())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package in which every room exists, so that each contract has its rooms."""
    package = tmp_path / "newsdesk"
    shutil.copytree(ROOT / "newsdesk", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room, (kind, _) in ROOMS.items():
        place = package / room if kind == "folder" else package
        place.mkdir(exist_ok=True)
        opening = place / "__init__.py" if kind == "folder" else place / f"{room}.py"
        if not opening.exists():
            opening.write_text("", encoding="utf-8")
    return tmp_path


def plant(folder: Path, room: str, statement: str) -> str:
    """Add an import, inside a function as a late import would be; returns the module's name."""
    kind, _ = ROOMS[room]
    body = f"\n\ndef planted():\n    {statement}\n"
    if kind == "module":
        path = folder / "newsdesk" / f"{room}.py"
        path.write_text(path.read_text(encoding="utf-8") + body, encoding="utf-8")
        return f"newsdesk.{room}"
    path = folder / "newsdesk" / room / "planted.py"
    path.write_text(body, encoding="utf-8")
    return f"newsdesk.{room}.planted"


def test_the_tree_keeps_every_contract() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_a_clean_copy_keeps_every_contract(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout + result.stderr


def test_each_floor_refuses_what_is_above_and_beside_it(copy: Path) -> None:
    planted = {plant(copy, room, f"import newsdesk.{to}"): to for room, (_, to) in ROOMS.items()}
    result = lint(copy, "floors")
    assert result.returncode == 1
    report = rejoined(result.stdout)
    unseen = {
        module: to for module, to in planted.items() if f"{module} -> newsdesk.{to} (" not in report
    }
    assert not unseen


def test_a_room_without_a_floor_is_refused(copy: Path) -> None:
    (copy / "newsdesk" / "attic.py").write_text("", encoding="utf-8")
    result = lint(copy, "floors")
    assert result.returncode == 1
    assert "newsdesk.attic" in result.stdout + result.stderr


@pytest.mark.parametrize("contract", OUTSIDERS)
def test_each_stranger_is_kept_to_its_room(copy: Path, contract: str) -> None:
    strangers = OUTSIDERS[contract]
    planted = {plant(copy, room, f"import {what}"): what for room, what in strangers.items()}
    result = lint(copy, contract)
    assert result.returncode == 1
    report = rejoined(result.stdout)
    unseen = {
        module: what for module, what in planted.items() if f"{module} -> {what} (" not in report
    }
    assert not unseen


def test_the_window_may_not_import_the_store(copy: Path) -> None:
    module = plant(copy, "ui", "from newsdesk import store")
    result = lint(copy, "window-and-store")
    assert result.returncode == 1
    assert f"{module} -> newsdesk.store (" in rejoined(result.stdout)


def imported_at_start(tree: ast.AST) -> set[str]:
    """The top-level names of what a module imports as it is itself imported.

    Bodies of functions are passed over, for they run later, and so is `if TYPE_CHECKING`.
    """
    if isinstance(tree, ast.Import):
        return {each.name.split(".")[0] for each in tree.names}
    if isinstance(tree, ast.ImportFrom):
        return {tree.module.split(".")[0]} if tree.module and not tree.level else set()
    if isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return set()
    inside: list[ast.AST] = list(ast.iter_child_nodes(tree))
    if isinstance(tree, ast.If) and "TYPE_CHECKING" in ast.unparse(tree.test):
        inside = list(tree.orelse)
    return set().union(*(imported_at_start(each) for each in inside))


def test_no_pipeline_is_imported_before_it_is_used() -> None:
    slow = {"spacy", "thinc", "onnxruntime", "tokenizers"}
    wrong = {}
    for path in sorted((ROOT / "newsdesk").rglob("*.py")):
        found = imported_at_start(ast.parse(path.read_text(encoding="utf-8"))) & slow
        if found:
            wrong[str(path.relative_to(ROOT))] = found
    assert not wrong


@pytest.mark.parametrize(
    ("start", "late"),
    [("newsdesk.cli.program", {"PySide6", "numpy"}), ("newsdesk.app, newsdesk.ui.window", set())],
)
def test_a_start_loads_nothing_that_it_does_not_need(start: str, late: set[str]) -> None:
    late = late | {"spacy", "alembic", "jsonschema", "onnxruntime"}
    program = f"import sys, {start}; print(*sorted({late!r} & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == []


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("import spacy", {"spacy"}),
        ("from spacy.tokens import Doc", {"spacy"}),
        ("try:\n    import spacy\nexcept ImportError:\n    pass", {"spacy"}),
        ("class A:\n    import spacy", {"spacy"}),
        ("def late():\n    import spacy", set()),
        ("class A:\n    def late(self):\n        import spacy", set()),
        ("if TYPE_CHECKING:\n    import spacy", set()),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    import spacy", {"spacy"}),
        ("from .spacy import own", set()),
    ],
)
def test_the_eye_for_early_imports_sees_and_passes_over(source: str, seen: set[str]) -> None:
    assert imported_at_start(ast.parse(source)) == seen
