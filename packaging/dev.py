#!/usr/bin/env python3
"""The one command of the checkout: run, test, bench, soak, and lock for the maintainers.

It needs nothing but Python 3.11 or newer: it makes `.venv`, fills it from the hash lock, sees to
the system libraries that Qt needs on Linux, and then does the work.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):
    sys.exit(f"Newsdesk needs Python 3.11 or newer; this is {sys.version.split()[0]}.")

import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import environment
import main_job
import qt_libraries
from environment import ROOT, SetupFailed

NARROWING = ("-k", "-m", "--lf", "--last-failed", "--ff", "--co", "--collect-only")


def main(arguments: list[str]) -> int:
    """Do one verb; returns the exit code."""
    verb, rest = parsed(arguments)
    os.chdir(ROOT)
    try:
        if verb != "lock":
            kind = "run" if verb == "run" else "test"
            environment.ensure(kind)
            see_to_qt(for_tests=kind == "test")
        return VERBS[verb](rest)
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parsed(arguments: list[str]) -> tuple[str, list[str]]:
    """The verb, and what is passed on to the program that does the work.

    Exits with the help, or with code 2 for a verb that is none.
    """
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        sys.exit(0 if arguments else 2)
    verb, *rest = arguments
    if verb not in VERBS:
        print(f"There is no verb {verb!r}.\n\n{usage()}", file=sys.stderr)
        sys.exit(2)
    return verb, rest[1:] if rest[:1] == ["--"] else rest


def usage() -> str:
    """The help: what each verb does, from its own first sentence."""
    lines = ["Usage: python packaging/dev.py VERB [ARGUMENTS]", "", (__doc__ or "").strip(), ""]
    for name, function in VERBS.items():
        lines.append(f"  {name:<7}{(function.__doc__ or '').strip().splitlines()[0]}")
    return "\n".join([*lines, "", "What follows the verb is passed on: test tests/store -x"])


def see_to_qt(for_tests: bool) -> None:
    """Say what Qt lacks on this machine, or, as root on Debian or Ubuntu, install it.

    Raises SetupFailed when a library stays missing; a missing font or Xvfb is only said.
    """
    found = sorted((environment.VENV / "lib").glob("python*/site-packages/PySide6"))
    if not found:
        return
    missing = qt_libraries.look(found[-1], for_tests)
    if not missing:
        return
    command = qt_libraries.command_for(missing, qt_libraries.os_release())
    names = ", ".join([*missing.libraries, *missing.wanted])
    print(f"Qt needs what this system lacks: {names}", flush=True)
    if command and command[0] == "apt-get" and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Running: {shlex.join(command)}", flush=True)
        qt_libraries.install(command)
        missing = qt_libraries.look(found[-1], for_tests)
    elif command:
        print(f"This one command installs it:\n    sudo {shlex.join(command)}", flush=True)
    else:
        print("Your system's package manager can find the packages by these names.", flush=True)
    if missing.libraries:
        raise SetupFailed(f"Qt can't start without {', '.join(missing.libraries)}.")


def run(rest: list[str]) -> int:
    """Open the window on the sample desk; without a display, do the main job headless."""
    command = [str(environment.python()), "-m", "newsdesk"]
    if rest or main_job.has_display():
        return become([*command, *rest])
    folder = Path("out") / datetime.now().astimezone().strftime("run-%Y%m%d-%H%M%S")
    print("There is no display, so the main job runs from the command line.", flush=True)
    return main_job.do(command, folder)


def become(command: list[str]) -> int:
    """Hand over to a program, so that what stops this one stops it; on Windows, wait for it."""
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.call(command)


def test(rest: list[str]) -> int:
    """Check everything: ruff, mypy, the import contracts, and pytest with coverage."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-test-") as scratch:
        surroundings = test_environment(Path(scratch))
        counts = Path(scratch) / "counts.xml"
        narrowed = any(each.startswith(NARROWING) or names_a_test(each) for each in rest)
        if narrowed:
            print("Part of the tests only: no checks, no coverage.", flush=True)
        outcomes = {
            name: step(name, command, surroundings)
            for name, command in steps(rest, counts, narrowed).items()
        }
        return summary(outcomes, *counted(counts))


# A process that crashed is not replaced: with `loadfile` the run would wait for its tests for ever.
TWO_AT_A_TIME = ("-n", "2", "--dist", "loadfile", "--max-worker-restart", "0")
"""The tests of a file stay together, so that what they share is made once."""


def steps(rest: list[str], counts: Path, narrowed: bool) -> dict[str, list[str]]:
    """The commands of a test run by name, in their order."""
    python = str(environment.python())
    pytest = ["-m", "pytest", f"--junitxml={counts}", *rest]
    if narrowed:
        return {"pytest": [python, *pytest]}
    return {
        "ruff": [python, "-m", "ruff", "check", "--output-format=concise", "."],
        "mypy": [python, "-m", "mypy"],
        "contracts": [str(environment.script("lint-imports")), "--no-logo"],
        "pytest": [python, "-m", "coverage", "run", "-m", "pytest", *TWO_AT_A_TIME, *pytest[2:]],
        "combine": [python, "-m", "coverage", "combine", "--quiet"],
        "coverage": [python, "-m", "coverage", "report"],
    }


def names_a_test(argument: str) -> bool:
    """Whether an argument picks tests by place: a path, or a path::test."""
    return not argument.startswith("-") and (ROOT / argument.split("::")[0]).exists()


def test_environment(scratch: Path) -> dict[str, str]:
    """The environment variables of the tests: no real home, no screen, no network."""
    return {
        "QT_QPA_PLATFORM": "offscreen",
        **os.environ,
        "NEWSDESK_HOME": str(scratch / "home"),
        "COVERAGE_FILE": str(scratch / "coverage"),
        "HF_HUB_OFFLINE": "1",
        "PYTHONUNBUFFERED": "1",
    }


def step(name: str, command: list[str], surroundings: dict[str, str]) -> tuple[int, float]:
    """Do one step, its output passing through; returns the exit code and the seconds taken."""
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    code = subprocess.call(command, env=surroundings)
    return code, time.monotonic() - started


def counted(counts: Path) -> tuple[int, int]:
    """How many tests passed and failed, read from pytest's report; none where there is none."""
    if not counts.exists():
        return 0, 0
    passed = failed = 0
    for suite in ElementTree.parse(counts).getroot().iter("testsuite"):
        number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
        bad = number["failures"] + number["errors"]
        failed += bad
        passed += number["tests"] - bad - number["skipped"]
    return passed, failed


def summary(outcomes: dict[str, tuple[int, float]], passed: int, failed: int) -> int:
    """Print how each step ended; the last line counts the tests and the other steps together."""
    print("\n== summary")
    for name, (code, seconds) in outcomes.items():
        print(f"{'ok' if code == 0 else 'FAILED':<8}{name:<12}{seconds:6.1f} s")
        if name != "pytest" or (code and not failed):  # pytest can also fail before any test
            passed, failed = (passed, failed + 1) if code else (passed + 1, failed)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if any(code for code, _ in outcomes.values()) else 0


def bench(rest: list[str]) -> int:
    """Measure Newsdesk beside the bare limits and print a table."""
    return subprocess.call([str(environment.python()), str(ROOT / "packaging" / "bench"), *rest])


def soak(rest: list[str]) -> int:
    """Run the long tests, and every property over ten thousand examples. It takes hours."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-soak-") as scratch:
        surroundings = {**test_environment(Path(scratch)), "HYPOTHESIS_PROFILE": "soak"}
        command = [str(environment.python()), "-m", "pytest", "-m", "soak or hypothesis", *rest]
        return subprocess.call(command, env=surroundings)


def lock(rest: list[str]) -> int:
    """For maintainers: write both hash locks anew with uv (`--upgrade` for newer versions)."""
    uv = shutil.which("uv")
    if uv is None:
        raise SetupFailed("The lock is made by uv, which is not here: `pip install uv` first.")
    command = [uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal"]
    command += ["--python-version", "3.11", "--generate-hashes"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]
    command += ["--extra", "documents", "--extra", "interop"]
    run_lock, test_lock = environment.LOCKS["run"], environment.LOCKS["test"]
    subprocess.run([*command, *rest, "-o", str(run_lock)], check=True)
    both = ["--group", "test", "-c", str(run_lock)]
    subprocess.run([*command, *rest, *both, "-o", str(test_lock)], check=True)
    for each in (run_lock, test_lock):
        if re.search(r"://|^-", each.read_text(encoding="utf-8"), re.MULTILINE):
            raise SetupFailed(f"{each.name} names a place to download from: don't commit it.")
        print(f"{each.relative_to(ROOT)} written")
    return 0


VERBS = {"run": run, "test": test, "bench": bench, "soak": soak, "lock": lock}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
