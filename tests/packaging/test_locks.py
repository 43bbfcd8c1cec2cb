"""The locks pin everything by version and hash, name no address, and hold what is asked for."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = ROOT / "packaging" / "requirements-run.txt"
TEST = ROOT / "packaging" / "requirements-test.txt"


def pins(lock: Path) -> dict[tuple[str, str], set[str]]:
    """By name and marker: the pinned line's version and hashes."""
    found: dict[tuple[str, str], set[str]] = {}
    whole = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in filter(None, map(str.strip, whole.splitlines())):
        requirement, *hashes = line.split(" --hash=")
        asked = Requirement(requirement.strip())
        assert str(asked.specifier).startswith("=="), line
        assert hashes, line
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each.strip()) for each in hashes), line
        key = (canonicalize_name(asked.name), str(asked.marker or ""))
        found[key] = {str(asked.specifier), *(each.strip() for each in hashes)}
    return found


@pytest.mark.parametrize("lock", [RUN, TEST], ids=lambda each: each.stem)
def test_every_line_is_a_version_with_hashes_and_no_address(lock: Path) -> None:
    assert len(pins(lock)) > 30
    assert "://" not in lock.read_text(encoding="utf-8")


def test_the_test_lock_holds_the_run_lock_unchanged() -> None:
    # By name alone: what a run needs on some systems, the tests may need on all.
    test = [(name, pinned) for (name, _), pinned in pins(TEST).items()]
    absent = [key for key, pinned in pins(RUN).items() if (key[0], pinned) not in test]
    assert absent == []


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        (RUN, PROJECT["project"]["dependencies"]),
        (TEST, PROJECT["dependency-groups"]["test"]),
    ],
    ids=["run", "test"],
)
def test_the_lock_holds_what_the_project_asks_for(lock: Path, asked: list[str]) -> None:
    locked: dict[str, list[Version]] = {}
    for (name, _), pinned in pins(lock).items():
        version = next(each for each in pinned if each.startswith("=="))
        locked.setdefault(name, []).append(Version(version.removeprefix("==")))
    for requirement in map(Requirement, asked):
        versions = locked.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not in {lock.name}: write the lock anew"
        assert all(each in requirement.specifier for each in versions), requirement


def test_the_environment_is_the_locked_one() -> None:
    for name in ("PySide6-Essentials", "SQLAlchemy", "spacy", "msgspec"):
        version = f"=={importlib.metadata.version(name)}"
        locked = [
            pinned for (each, _), pinned in pins(TEST).items() if each == canonicalize_name(name)
        ]
        assert any(version in pinned for pinned in locked), f"{name} {version}"
