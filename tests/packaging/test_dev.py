"""The one command makes its environment once, notices a changed lock, and counts honestly."""

from __future__ import annotations

import ast
import io
import subprocess
import sys
from pathlib import Path

import dev
import environment
import main_job
import pytest
from environment import SetupFailed

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def locks(tmp_path: Path) -> dict[str, Path]:
    made = {kind: tmp_path / f"{kind}.txt" for kind in ("run", "test")}
    made["run"].write_text("a==1\n", encoding="utf-8")
    made["test"].write_text("a==1\nb==2\n", encoding="utf-8")
    return made


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    folder = tmp_path / "venv"
    environment.python(folder).parent.mkdir(parents=True)
    environment.python(folder).touch()
    return folder


def test_a_fresh_environment_is_not_current(venv: Path, locks: dict[str, Path]) -> None:
    assert not environment.is_current("run", venv, locks)


def test_what_was_stamped_is_current(venv: Path, locks: dict[str, Path]) -> None:
    environment.stamp("run", venv, locks)
    assert environment.is_current("run", venv, locks)
    assert not environment.is_current("test", venv, locks)


def test_the_test_environment_serves_a_run_too(venv: Path, locks: dict[str, Path]) -> None:
    environment.stamp("test", venv, locks)
    assert environment.is_current("run", venv, locks)
    assert environment.is_current("test", venv, locks)


def test_a_changed_lock_is_noticed(venv: Path, locks: dict[str, Path]) -> None:
    environment.stamp("test", venv, locks)
    locks["test"].write_text("a==1\nb==3\n", encoding="utf-8")
    assert environment.is_current("run", venv, locks)
    assert not environment.is_current("test", venv, locks)
    environment.stamp("run", venv, locks)
    assert not environment.is_current("test", venv, locks)


def test_an_interpreter_that_is_gone_is_noticed(venv: Path, locks: dict[str, Path]) -> None:
    environment.stamp("run", venv, locks)
    environment.python(venv).unlink()
    environment.python(venv).symlink_to(venv / "python-of-last-year")
    assert not environment.is_current("run", venv, locks)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"run": 1}', "\0"])
def test_a_broken_stamp_means_not_current(
    venv: Path, locks: dict[str, Path], content: str
) -> None:
    (venv / "newsdesk-lock.json").write_text(content, encoding="utf-8")
    assert not environment.is_current("run", venv, locks)


class Making:
    """Stands in for venv and pip, and keeps what was asked of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, venv: Path, locks: dict[str, Path]) -> None:
        self.acts: list[str] = []
        self.venv = venv
        for name, value in {
            "VENV": venv,
            "LOCKS": locks,
            "python": lambda folder=venv: folder / "bin" / "python",
            "is_current": lambda kind: kind in self.stamped,
            "stamp": lambda kind: self.stamped.append(kind),
            "_make_venv": self.make,
            "_install": self.install,
            "_point_to_checkout": lambda: self.acts.append("point"),
        }.items():
            monkeypatch.setattr(environment, name, value)
        self.stamped: list[str] = []
        self.fails = False

    def make(self) -> None:
        self.acts.append("make")
        (self.venv / "bin").mkdir(parents=True, exist_ok=True)
        (self.venv / "bin" / "python").touch()

    def install(self, lock: Path) -> None:
        self.acts.append(f"install {lock.name}")
        if self.fails:
            raise SetupFailed("the line is down")


def test_the_environment_is_made_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, locks: dict[str, Path]
) -> None:
    making = Making(monkeypatch, tmp_path / "new", locks)
    environment.ensure("test")
    environment.ensure("test")
    assert making.acts == ["make", "install test.txt", "point"]


def test_an_install_that_was_broken_off_is_done_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, locks: dict[str, Path]
) -> None:
    making = Making(monkeypatch, tmp_path / "new", locks)
    making.fails = True
    with pytest.raises(SetupFailed):
        environment.ensure("run")
    assert making.stamped == []
    making.fails = False
    environment.ensure("run")
    assert making.acts == ["make", "install run.txt", "install run.txt", "point"]


def test_a_broken_off_install_leaves_no_older_stamp(
    monkeypatch: pytest.MonkeyPatch, venv: Path, locks: dict[str, Path]
) -> None:
    environment.stamp("run", venv, locks)
    making = Making(monkeypatch, venv, locks)
    making.fails = True
    with pytest.raises(SetupFailed):
        environment.ensure("test")
    assert not (venv / "newsdesk-lock.json").exists()


def test_progress_is_shown_as_it_comes(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"Collecting package-{number}==1 (from -r x)\n" for number in range(40)]
    lines += ["Installing collected packages: all\n", "ERROR: no space\n"]
    began: list[str] = []
    last = environment._follow(io.StringIO("".join(lines)), lambda: began.append("now"))
    shown = capsys.readouterr().out.splitlines()
    assert shown == ["  fetched 20: package-19", "  fetched 40: package-39"]
    assert began == ["now"]
    assert last[-1] == "ERROR: no space"


def test_unpacking_is_counted_until_it_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(25):
        (tmp_path / "lib/python3.11/site-packages" / f"p{number}.dist-info").mkdir(parents=True)

    class Rounds:
        left = 3

        def wait(self, _: float) -> bool:
            self.left -= 1
            return self.left < 0

    environment._count_unpacked(tmp_path, Rounds())  # type: ignore[arg-type]
    assert capsys.readouterr().out == "  unpacked 25\n"


def test_pip_that_fails_shows_its_last_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("newsdesk-never==1 --hash=sha256:00\n", encoding="utf-8")
    monkeypatch.setattr(environment, "python", lambda: Path(sys.executable))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(SetupFailed, match=r"ERROR.*\n.*could not be installed"):
        environment._install(lock)
    assert "Installing up to 1 packages" in capsys.readouterr().out


def test_the_verb_and_what_is_passed_on() -> None:
    assert dev.parsed(["test"]) == ("test", [])
    assert dev.parsed(["test", "-x", "tests/store"]) == ("test", ["-x", "tests/store"])
    assert dev.parsed(["run", "--", "--help"]) == ("run", ["--help"])


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["-h"], 0), (["tset"], 2)])
def test_help_and_a_verb_that_is_none(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        dev.parsed(arguments)
    assert stopped.value.code == code
    shown = capsys.readouterr()
    assert all(f"  {verb}" in shown.out + shown.err for verb in dev.VERBS)


def test_a_setup_that_fails_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: str) -> None:
        raise SetupFailed("The line is down.")

    monkeypatch.setattr(environment, "ensure", fail)
    assert dev.main(["run"]) == 1
    assert capsys.readouterr().err == "The line is down.\n"


def test_a_whole_run_checks_everything_and_a_part_only_tests(tmp_path: Path) -> None:
    counts = tmp_path / "counts.xml"
    assert [*dev.steps(["-x"], counts, narrowed=False)] == [
        "ruff",
        "mypy",
        "contracts",
        "pytest",
        "combine",
        "coverage",
    ]
    assert [*dev.steps(["tests/store"], counts, narrowed=True)] == ["pytest"]
    assert dev.steps(["-x"], counts, narrowed=False)["pytest"][-1] == "-x"


def test_an_argument_that_names_a_test() -> None:
    assert dev.names_a_test("tests/packaging/test_dev.py::test_x")
    assert not dev.names_a_test("-x")
    assert not dev.names_a_test("4")


REPORT = """<?xml version="1.0"?><testsuites>
<testsuite tests="10" failures="2" errors="1" skipped="3"/></testsuites>"""


def test_the_counts_come_from_the_report(tmp_path: Path) -> None:
    path = tmp_path / "counts.xml"
    assert dev.counted(path) == (0, 0)
    path.write_text(REPORT, encoding="utf-8")
    assert dev.counted(path) == (4, 3)


@pytest.mark.parametrize(
    ("codes", "tests", "last", "code"),
    [
        ({"ruff": 0, "pytest": 0}, (7, 0), "8 passed, 0 failed", 0),
        ({"ruff": 1, "pytest": 0}, (7, 0), "7 passed, 1 failed", 1),
        ({"ruff": 0, "pytest": 1}, (6, 1), "7 passed, 1 failed", 1),
        ({"pytest": 4}, (0, 0), "0 passed, 1 failed", 1),
        ({"mypy": 1, "pytest": 1, "coverage": 2}, (5, 2), "5 passed, 4 failed", 1),
    ],
)
def test_the_last_line_counts_tests_and_checks(
    codes: dict[str, int],
    tests: tuple[int, int],
    last: str,
    code: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert dev.summary({name: (each, 1.0) for name, each in codes.items()}, *tests) == code
    assert capsys.readouterr().out.splitlines()[-1] == last


def test_every_step_is_done_even_after_one_that_failed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fake(*_: object) -> dict[str, list[str]]:
        fails = [sys.executable, "-c", "print('first'); raise SystemExit(1)"]
        return {"one": fails, "two": [sys.executable, "-c", "print('second')"]}

    monkeypatch.setattr(dev, "steps", fake)
    assert dev.test([]) == 1
    shown = capfd.readouterr().out
    assert "first" in shown
    assert "second" in shown
    assert shown.splitlines()[-1] == "1 passed, 1 failed"


def test_the_tests_get_a_home_of_their_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    made = dev.test_environment(tmp_path)
    assert made["QT_QPA_PLATFORM"] == "offscreen"
    assert made["NEWSDESK_HOME"] == str(tmp_path / "home")
    assert made["HF_HUB_OFFLINE"] == "1"
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert dev.test_environment(tmp_path)["QT_QPA_PLATFORM"] == "xcb"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_display_is_one_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    for variables, expected in (
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":987654"}, False),
        ({"DISPLAY": "far.example:10.0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
    ):
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert main_job.has_display() is expected


def test_without_a_display_the_main_job_is_done_headless(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done: list[Path] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(main_job, "has_display", lambda: False)
    monkeypatch.setattr(main_job, "do", lambda _, folder: done.append(folder) or 0)
    assert dev.run([]) == 0
    assert done[0].absolute().parent == tmp_path / "out"


def test_a_step_of_the_main_job_that_fails_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = [sys.executable, "-c", "raise SystemExit('no room left')", "newsdesk"]
    assert main_job.do(broken, tmp_path / "run") == 1
    assert "no room left" in capsys.readouterr().err


def test_it_needs_nothing_but_the_standard_library() -> None:
    files = sorted((ROOT / "packaging").glob("*.py"))
    own = {path.stem for path in files}
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            roots = {each.split(".")[0] for each in names}
            assert roots <= sys.stdlib_module_names | own, path.name


def test_an_old_python_is_told_what_is_needed() -> None:
    """The check must come before any import or syntax that an old Python does not know."""
    source = (ROOT / "packaging" / "dev.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))
    start = source[: source.index("import os")].replace("sys.version_info", "(3, 10)")
    result = subprocess.run(
        [sys.executable, "-c", start], capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "needs Python 3.11 or newer" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows can't replace a process")
def test_what_stops_the_command_stops_the_window() -> None:
    """It becomes the program: no second process is left behind when the first one is stopped."""
    tell = "import os; print(os.getpid())"
    program = f"import sys, dev; dev.become([sys.executable, '-c', {tell!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT / "packaging",
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        shown, _ = process.communicate()
    assert int(shown) == process.pid
