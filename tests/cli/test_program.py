"""The program as a whole: its start, its help, wrong usage, and what nobody expected."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import newsdesk
from newsdesk.__main__ import main
from newsdesk.cli.program import VERBS

ROOT = Path(__file__).resolve().parents[2]
WEB = {"http.client", "urllib.request", "ssl", "asyncio"}
HEAVY = {"PySide6", "spacy", "numpy", "alembic", "jsonschema", "sqlalchemy", "rich", "onnxruntime"}

Call = Callable[..., Result]


def newsdesk_process(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "newsdesk", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def python(program: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["annotate", "--help"]])
def test_help_starts_without_anything_heavy(arguments: list[str]) -> None:
    result = python(
        "import sys\n"
        "from newsdesk.__main__ import main\n"
        f"code = main({arguments!r})\n"
        f"print(code, *sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    assert result.stderr.split() == ["0"]


def test_a_verb_starts_without_window_pipelines_or_migrations(place: Path) -> None:
    heavy = HEAVY - {"sqlalchemy"}
    result = python(
        "import sys\n"
        "from newsdesk.__main__ import main\n"
        f"code = main(['list', '--desk', {str(place)!r}])\n"
        f"print(code, *sorted({heavy!r} & set(sys.modules)), file=sys.stderr)"
    )
    assert result.stderr.split() == ["0"]


def test_formats_are_listed_without_anything_of_the_network() -> None:
    result = python(
        "import sys\n"
        "from newsdesk.__main__ import main\n"
        f"print(main(['formats', '--json']), *sorted({WEB!r} & set(sys.modules)), file=sys.stderr)"
    )
    assert result.stderr.split() == ["0"]


def test_the_module_and_the_command_are_one_program(place: Path) -> None:
    result = newsdesk_process("list", "--desk", place, "--json")
    assert result.returncode == 0
    assert '"title":"Colder than Wien"' in result.stdout
    assert newsdesk_process("list").returncode == 2
    assert newsdesk_process("list", "--desk", "/nowhere/a.desk").returncode == 1


def test_the_version_is_the_package_s(call: Call) -> None:
    assert call("--version").stdout == f"newsdesk {newsdesk.__version__}\n"


def test_help_lists_every_verb_with_its_whole_first_sentence(call: Call) -> None:
    listed = call("--help").stdout
    assert not any(line.endswith("...") for line in listed.splitlines()[1:])
    for verb in VERBS:
        assert f"\n  {verb} " in listed


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_s_help_shows_an_example_that_it_understands(call: Call, verb: str) -> None:
    shown = call(verb, "--help").stdout
    example = shown.split("Example:\n")[1].strip()
    assert example == VERBS[verb][1]
    program, named, *arguments = shlex.split(example)
    assert (program, named) == ("newsdesk", verb)
    # Parsed without running: a wrong option or a missing one would end with code 2.
    call(verb, *arguments, "--help")
    for option in (one for one in arguments if one.startswith("--")):
        assert option in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("frobnicate",), "No such command 'frobnicate'"),
        (("anotate",), "Did you mean 'annotate'"),
        (("list",), "--desk"),
        (("list", "--desk", "a.desk", "--frobnicate"), "--frobnicate"),
        (("list", "--desk", "a.desk", "--limit", "0"), "--limit"),
        (("list", "--desk", "a.desk", "--status", "lost"), "--status"),
        (("new",), "DESK"),
    ],
)
def test_wrong_usage_ends_with_2(call: Call, arguments: tuple[str, ...], message: str) -> None:
    result = call(*arguments, code=2)
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("given", "desk"),
    [
        ([], None),
        (["a.desk"], "a.desk"),
        (["./list"], "./list"),
        (["postgresql://localhost/desk"], "postgresql://localhost/desk"),
    ],
)
def test_without_a_verb_the_window_opens(
    monkeypatch: pytest.MonkeyPatch, given: list[str], desk: str | None
) -> None:
    opened: list[str | None] = []
    window = type(sys)("newsdesk.app")
    window.run_window = lambda place: opened.append(place) or 7  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "newsdesk.app", window)
    assert main(given) == 7
    assert opened == [desk]


def test_a_file_without_a_suffix_opens_the_window_unless_it_is_named_like_a_verb(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = type(sys)("newsdesk.app")
    window.run_window = lambda place: 7  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "newsdesk.app", window)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "harbours").touch()
    (tmp_path / "list").touch()
    assert main(["harbours"]) == 7
    assert newsdesk_process("list").returncode == 2
    assert newsdesk_process("harbour").returncode == 2


CRASH = """
import sys
import newsdesk.desk.desk as door
def broken(self, *_, **__): raise TypeError("Zoë Ångström said so")
door.Desk.log = broken
from newsdesk.__main__ import main
sys.exit(main(["log", "--desk", sys.argv[1]]))
"""


def crash(place: Path, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CRASH, str(place)],
        cwd=ROOT,
        env={**os.environ, "NEWSDESK_HOME": str(home), **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_an_unexpected_error_leaves_a_report_without_any_text(place: Path, tmp_path: Path) -> None:
    result = crash(place, tmp_path / "home")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "did not expect (TypeError)" in result.stderr
    (report,) = (tmp_path / "home" / "log").glob("crash-*.txt")
    assert str(report) in result.stderr
    written = report.read_text(encoding="utf-8")
    assert "newsdesk/cli/history.py" in written
    assert "TypeError" in written
    assert "Zoë" not in written + result.stderr
    assert str(tmp_path) not in written


def test_an_unexpected_error_shows_its_traceback_where_asked(place: Path, tmp_path: Path) -> None:
    result = crash(place, tmp_path / "home", NEWSDESK_DEBUG="1")
    assert result.returncode == 1
    assert "Traceback" in result.stderr
    assert "Zoë" in result.stderr


def test_a_crash_report_that_can_t_be_written_is_no_second_crash(
    place: Path, tmp_path: Path
) -> None:
    (tmp_path / "home").write_text("a file, where a folder should be")
    result = crash(place, tmp_path / "home")
    assert result.returncode == 1
    assert "NEWSDESK_DEBUG=1" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_reader_that_has_enough_is_no_error(place: Path) -> None:
    command = shlex.join([sys.executable, "-m", "newsdesk", "log", "--desk", str(place), "--json"])
    shown = subprocess.run(
        f"{command} | head -c 1",
        cwd=ROOT,
        shell=True,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert shown.stdout == "["
    assert shown.stderr == ""


@pytest.mark.parametrize("verb", VERBS)
def test_the_manual_names_each_verb_with_all_its_options(call: Call, verb: str) -> None:
    manual = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    form = next(line for line in manual.splitlines() if line.startswith(f"| `{verb} "))
    if verb == "reject":  # said to be as accept
        form = next(line for line in manual.splitlines() if line.startswith("| `accept "))
    offered = set(re.findall(r"--[a-z-]+", call(verb, "--help").stdout)) - {"--help", "--author"}
    assert set(re.findall(r"--[a-z-]+", form.split(" | ")[0])) == offered


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "--by", "foo"), "'foo' is not one of"),
        (("list", "--limit", "0"), "at least 1"),
        (("accept", "--min-confidence", "7"), "at most 1"),
        (("accept", "--min-confidence", "x"), "number"),
        (("codebook", "show", "--nothing"), "No such option"),
        (("merge",), "Missing argument"),
    ],
)
def test_a_wrong_choice_is_said_plainly(
    call: Call, place: Path, arguments: tuple[str, ...], said: str
) -> None:
    told = call(*arguments, "--desk", place, code=2).stderr
    assert said in told
    assert not any(word in told for word in ("Value error", "Input should", "unable to parse"))


def test_ctrl_c_is_said_and_ends_with_its_own_code(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("newsdesk.desk.open_desk", stopped)
    assert main(["list", "--desk", str(place)]) == 130
    said = capsys.readouterr()
    assert said.err.strip().startswith("Stopped.") and said.out == ""
