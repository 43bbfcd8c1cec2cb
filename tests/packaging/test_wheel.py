"""The wheel does the main job away from the checkout, with what it brought; so does a bundle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import main_job
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("resources", "seeds")

# Loaded by Python at every start: whatever the program opens in the checkout stops it. The
# environment's own folder is allowed, for the libraries lie there, and so is Python itself.
WATCHMAN = """
import os, sys
checkout, allowed = {checkout!r}, ({environment!r},)

def watch(event, arguments):
    if event not in ("open", "sqlite3.connect"):
        return
    name = arguments[0]
    if not isinstance(name, (str, bytes)):
        return
    path = os.path.abspath(os.fsdecode(name))
    if path.startswith(checkout + os.sep) and not path.startswith(allowed):
        os.write(2, f"reached into the checkout: {{path}}\\n".encode())
        os._exit(97)

sys.addaudithook(watch)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("elsewhere") / "site"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    done = subprocess.run(
        [*command, "--target", str(target), str(wheel)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def surroundings(installed: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a program that must do without the checkout."""
    watch = tmp_path / "watch"
    watch.mkdir()
    source = WATCHMAN.format(checkout=str(ROOT), environment=sys.prefix)
    (watch / "sitecustomize.py").write_text(source, encoding="utf-8")
    # What runs from the wheel is not the code whose coverage is measured.
    inherited = {key: each for key, each in os.environ.items() if not key.startswith("COVERAGE")}
    return {
        **inherited,
        "PYTHONPATH": os.pathsep.join([str(watch), str(installed)]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def say(program: str, surroundings: dict[str, str], folder: Path) -> str:
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def shipped_files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for room in SHIPPED
        for path in (folder / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_all_that_ships_and_nothing_else_of_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = {
        each.removeprefix("newsdesk/_shipped/")
        for each in names
        if each.startswith("newsdesk/_shipped/")
    }
    assert inside == shipped_files(ROOT)
    assert inside
    tops = {each.split("/")[0] for each in names}
    assert {each for each in tops if not each.endswith(".dist-info")} == {"newsdesk"}
    licences = {each.rsplit("/", 1)[-1] for each in names if "/licenses/" in each}
    assert licences == {"LICENSE", "NOTICE"}


def test_the_watchman_sees_a_file_of_the_checkout(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    program = f"open({str(ROOT / 'pyproject.toml')!r})"
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=surroundings, check=False
    )
    assert result.returncode == 97


def test_everything_is_found_in_the_wheel(
    surroundings: dict[str, str], installed: Path, tmp_path: Path
) -> None:
    program = (
        "import newsdesk, newsdesk.settings as s;"
        "print(newsdesk.__file__, s.shipped('resources'), s.shipped('seeds'), sep='\\n')"
    )
    package = installed / "newsdesk"
    assert say(program, surroundings, tmp_path).split("\n") == [
        str(package / "__init__.py"),
        str(package / "_shipped" / "resources"),
        str(package / "_shipped" / "seeds"),
    ]


def test_the_main_job_runs_from_the_wheel(
    surroundings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = [sys.executable, "-m", "newsdesk"]
    exported, picture = main_job.job(command, tmp_path / "job", surroundings)
    dataset = json.loads(exported.read_text(encoding="utf-8"))
    assert dataset["format"] == "newsdesk.dataset"
    assert len(dataset["articles"]) >= 6
    assert picture.stat().st_size > 1_000


def test_the_installed_command_starts(
    surroundings: dict[str, str], installed: Path, tmp_path: Path
) -> None:
    result = subprocess.run(
        [sys.executable, str(installed / "bin" / "newsdesk"), "--help"],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "export" in result.stdout


def test_a_frozen_bundle_makes_the_sample_desk(
    surroundings: dict[str, str], installed: Path, tmp_path: Path
) -> None:
    """As a bundle has it: modules in one place, what ships under sys._MEIPASS in another."""
    bundle = tmp_path / "bundle"
    (bundle / "newsdesk").mkdir(parents=True)
    (installed / "newsdesk" / "_shipped").rename(bundle / "newsdesk" / "_shipped")
    desk = tmp_path / "sample.desk"
    program = (
        f"import sys; sys.frozen = True; sys._MEIPASS = {str(bundle)!r};"
        f"sys.argv = ['newsdesk', 'sample', {str(desk)!r}];"
        "from newsdesk.__main__ import main; sys.exit(main())"
    )
    try:
        say(program, surroundings, tmp_path)
    finally:
        (bundle / "newsdesk" / "_shipped").rename(installed / "newsdesk" / "_shipped")
    assert desk.stat().st_size > 0
