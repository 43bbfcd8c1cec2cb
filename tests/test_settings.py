"""Preferences come back as they were saved, and a broken file never keeps an editor from work."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk import settings
from newsdesk.settings import Preferences, load_preferences, save_preferences, shipped

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)

PREFERENCES = st.builds(
    Preferences,
    author=TEXTS.filter(str.strip),
    theme=st.sampled_from(["system", "light", "dark"]),
    zoom=st.integers(50, 300),
    recent=st.lists(TEXTS, max_size=5).map(tuple),
    keys=st.dictionaries(TEXTS, TEXTS, max_size=5),
    font=st.sampled_from(["serif", "sans"]),
    line_width=st.integers(60, 80),
    show_codes=st.booleans(),
    snap=st.sampled_from(["word", "letter"]),
    checklist_done=st.lists(TEXTS, max_size=5).map(tuple),
)


@given(PREFERENCES)
def test_what_is_saved_comes_back(tmp_path: Path, preferences: Preferences) -> None:
    path = tmp_path / "new folder" / "preferences.json"
    save_preferences(preferences, path)
    assert load_preferences(path) == (preferences, None)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_first_start_has_the_defaults_and_nothing_to_say(own_home: Path) -> None:
    preferences, message = load_preferences()
    assert message is None
    assert preferences == Preferences()
    assert preferences.author
    assert list(own_home.iterdir()) == []


def test_they_lie_in_the_config_folder(own_home: Path) -> None:
    save_preferences(Preferences(author="Ada"))
    assert (own_home / "config" / "preferences.json").is_file()
    assert load_preferences()[0].author == "Ada"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b'{"zoom": 1000}',
        b'{"zoom": true}',
        b'{"zoom": "100"}',
        b'{"zoom": 100.0}',
        b'{"author": " "}',
        b'{"author": 7}',
        b'{"theme": "pink"}',
        b'{"line_width": 59}',
        b'{"show_codes": 1}',
        b'{"recent": "a.desk"}',
        b'{"recent": [1]}',
        b'{"keys": {"undo": 3}}',
        b'{"keys": []}',
        b'{"snap": null}',
        b'{"snap": ["word"]}',
        b"[" * 100_000,
        b" " * 1_000_001,
    ],
)
def test_a_broken_file_is_set_aside_and_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    preferences, message = load_preferences(path)
    assert preferences == Preferences()
    (aside,) = tmp_path.iterdir()
    assert aside != path
    assert aside.read_bytes() == content
    assert message is not None
    assert str(aside) in message
    assert load_preferences(path) == (preferences, None)


def test_keys_of_a_newer_newsdesk_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text('{"author": "Ada", "telepathy": "on"}', encoding="utf-8")
    assert load_preferences(path) == (Preferences(author="Ada"), None)


def test_what_cannot_be_read_is_left_alone_and_said(tmp_path: Path) -> None:
    preferences, message = load_preferences(tmp_path)  # a folder in the place of the file
    assert preferences == Preferences()
    assert message is not None
    assert str(tmp_path) in message


def test_a_broken_file_that_cannot_be_moved_is_said_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "preferences.json"
    path.write_text("{", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(os, "replace", refuse)
    preferences, message = load_preferences(path)
    assert preferences == Preferences()
    assert message is not None
    assert f"stays at {path}" in message


def test_a_disk_that_refuses_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "preferences.json"
    save_preferences(Preferences(author="Ada"), path)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_preferences(Preferences(author="Grace"), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_they_cannot_be_changed_in_place() -> None:
    preferences = Preferences(author="Ada", keys={"undo": "Ctrl+Z"})
    with pytest.raises(AttributeError):
        preferences.author = "Grace"  # type: ignore[misc]
    with pytest.raises(TypeError):
        preferences.keys["undo"] = "F9"  # type: ignore[index]
    assert isinstance(hash(preferences), int)


def test_a_desk_opened_again_moves_to_the_front() -> None:
    preferences = Preferences(author="Ada")
    for number in range(20):
        preferences = preferences.with_recent(f"{number}.desk")
    preferences = preferences.with_recent("12.desk")
    assert preferences.recent[:3] == ("12.desk", "19.desk", "18.desk")
    assert len(preferences.recent) == settings.RECENT_KEPT


def test_a_user_without_a_name_is_an_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(settings.getpass, "getuser", nobody)
    assert Preferences().author == "editor"


def test_without_the_variable_the_folders_are_the_platforms(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NEWSDESK_HOME")
    folders = [settings.config_folder(), settings.data_folder(), settings.log_folder()]
    assert len(set(folders)) == 3 or sys.platform != "linux"
    assert all("newsdesk" in str(each) for each in folders)


@pytest.mark.parametrize("parts", [(), ("newsdesk",), ("resources", "..", "x"), ("/etc",)])
def test_shipped_leads_nowhere_else(parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"shipped|leads out"):
        shipped(*parts)


def test_shipped_refuses_a_path_that_starts_anew() -> None:
    with pytest.raises(ValueError, match="leads out"):
        shipped("resources", "/etc/passwd")


def test_what_is_missing_is_named_with_the_places_looked_at() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/nothing\.svg.*looked in"):
        shipped("resources", "nothing.svg")


def make_bundle(folder: Path, inside: str) -> Path:
    place = folder / inside / "seeds"
    place.mkdir(parents=True)
    (place / "bundled.json").write_text("{}", encoding="utf-8")
    return place / "bundled.json"


@pytest.mark.parametrize("inside", ["newsdesk/_shipped", ""])
def test_a_frozen_bundle_finds_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    bundled = make_bundle(tmp_path, inside)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert shipped("seeds", "bundled.json") == bundled
    # And nothing else: a bundle that lacks a file must not find the one of a checkout.
    with pytest.raises(FileNotFoundError):
        shipped("resources", "codebooks")


def test_an_installed_wheel_does_not_take_a_neighbours_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = tmp_path / "resources" / "x.json"
    stranger.parent.mkdir()
    stranger.write_text(json.dumps({}), encoding="utf-8")
    monkeypatch.setattr(settings, "__file__", str(tmp_path / "newsdesk" / "settings.py"))
    with pytest.raises(FileNotFoundError):
        shipped("resources", "x.json")
    own = tmp_path / "newsdesk" / "_shipped" / "resources" / "x.json"
    own.parent.mkdir(parents=True)
    own.write_text("{}", encoding="utf-8")
    assert shipped("resources", "x.json") == own


def test_a_checkout_finds_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "seeds").mkdir()
    monkeypatch.setattr(settings, "__file__", str(tmp_path / "newsdesk" / "settings.py"))
    assert shipped("seeds") == tmp_path / "seeds"
