"""Where Newsdesk finds what it ships with, where it keeps its own files, and the preferences."""

from __future__ import annotations

import getpass
import json
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

import platformdirs

Theme = Literal["system", "light", "dark"]
Font = Literal["serif", "sans"]
Snap = Literal["word", "letter"]

SHIPPED_ROOMS = ("resources", "seeds")
RECENT_KEPT = 12
HOME_VARIABLE = "NEWSDESK_HOME"
_PREFERENCES = "preferences.json"
_LARGEST_PREFERENCES = 1_000_000  # bytes: anything larger was not written by us


def shipped(*parts: str) -> Path:
    """The path of a file or folder that travels with Newsdesk, as `shipped("seeds", "a.json")`.

    It is found the same way from a checkout, an installed wheel and a frozen bundle. The first
    part is `resources` or `seeds`. Raises ValueError for a path that could lead elsewhere, and
    FileNotFoundError, naming the places looked at, when nothing is there.
    """
    if not parts or parts[0] not in SHIPPED_ROOMS:
        raise ValueError(f"shipped() takes a path under {' or '.join(SHIPPED_ROOMS)}, not {parts}")
    relative = Path(*parts)
    if relative.is_absolute() or ".." in relative.parts:
        raise ValueError(f"{relative} leads out of what Newsdesk ships with")
    roots = _shipped_roots()
    for root in roots:
        if (root / relative).exists():
            return root / relative
    looked = ", ".join(str(root) for root in roots)
    raise FileNotFoundError(
        f"{relative.as_posix()} is missing from this copy of Newsdesk (looked in {looked}). "
        "Nothing of your work is touched; installing Newsdesk again brings the file back."
    )


def _shipped_roots() -> list[Path]:
    package = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return [Path(bundle) / "newsdesk" / "_shipped", Path(bundle)]
    roots = [package / "_shipped"]
    # In site-packages the folder above may hold a stranger's "resources": only a checkout counts.
    if (package.parent / "pyproject.toml").is_file():
        roots.append(package.parent)
    return roots


def config_folder() -> Path:
    """The folder of the preferences: the platform's own, or under $NEWSDESK_HOME if that is set."""
    return _own_folder("config", lambda: platformdirs.user_config_path("newsdesk", appauthor=False))


def data_folder() -> Path:
    """The folder of the sample desk and other files that Newsdesk makes unasked."""
    return _own_folder("data", lambda: platformdirs.user_data_path("newsdesk", appauthor=False))


def log_folder() -> Path:
    """The folder of the logs, which hold ids, counts and durations only."""
    return _own_folder("log", lambda: platformdirs.user_log_path("newsdesk", appauthor=False))


def _own_folder(name: str, platform: Any) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home).expanduser() / name if home else cast(Path, platform())


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may run under a user with no name
        return "editor"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one editor prefers on one machine; what belongs to the work lives in the desk.

    `zoom` is a percentage, 50 to 300; `line_width` is the reader's measure in characters, 60 to
    80; `keys` maps the name of an act to its key sequence; `recent` holds the paths of desks, the
    latest first. `pipeline` is the folder that suggestions come from (empty: Newsdesk's own) and
    `pipeline_sha256` what it held when it was chosen. Raises ValueError for a value out of its
    range.
    """

    author: str = field(default_factory=_login_name)
    theme: Theme = "system"
    zoom: int = 100
    recent: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict, hash=False)
    font: Font = "serif"
    line_width: int = 72
    show_codes: bool = False
    snap: Snap = "word"
    checklist_done: tuple[str, ...] = ()
    pipeline: str = ""
    pipeline_sha256: str = ""
    suggest_on_opening: bool = False

    def __post_init__(self) -> None:
        _named(self.author)
        _one_of("theme", self.theme, get_args(Theme))
        _one_of("font", self.font, get_args(Font))
        _one_of("snap", self.snap, get_args(Snap))
        _within("zoom", self.zoom, 50, 300)
        _within("line_width", self.line_width, 60, 80)
        for flag in ("show_codes", "suggest_on_opening"):
            _one_of(flag, getattr(self, flag), (True, False))
        for name in ("pipeline", "pipeline_sha256"):
            _text(name, getattr(self, name))
        for name in ("recent", "checklist_done"):
            object.__setattr__(self, name, _texts(name, getattr(self, name)))
        object.__setattr__(self, "keys", _bindings(self.keys))

    def with_recent(self, desk: str) -> Preferences:
        """These preferences with one desk's path moved to the front of the recent ones."""
        others = (path for path in self.recent if path != desk)
        return replace(self, recent=(desk, *others)[:RECENT_KEPT])


def _named(author: object) -> None:
    if not isinstance(author, str) or not author.strip():
        raise ValueError(f"the author needs a name, not {author!r}")


def _one_of(name: str, value: object, allowed: tuple[object, ...]) -> None:
    # By type as well: 1 == True in Python, but not in a preferences file.
    if not any(value == each and type(value) is type(each) for each in allowed):
        choices = ", ".join(str(each) for each in allowed)
        raise ValueError(f"{name} must be one of {choices}, not {value!r}")


def _within(name: str, value: object, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}, not {value!r}")


def _text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a text, not {value!r}")


def _texts(name: str, values: object) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or not all(isinstance(each, str) for each in values):
        raise ValueError(f"{name} must be a list of texts, not {values!r}")
    return tuple(values)


def _bindings(keys: object) -> Mapping[str, str]:
    pairs = keys.items() if isinstance(keys, Mapping) else None
    if pairs is None or not all(isinstance(k, str) and isinstance(v, str) for k, v in pairs):
        raise ValueError(f"keys must map the name of an act to a key sequence, not {keys!r}")
    return MappingProxyType(dict(pairs))


def load_preferences(path: Path | None = None) -> tuple[Preferences, str | None]:
    """The preferences at `path` (default: in the config folder), and a message for the editor.

    The message is None when all is well, also when no file is there yet. A file that can't be
    understood is set aside under another name and the defaults are used: broken preferences never
    keep an editor from the work. Unknown keys, of a newer Newsdesk, are passed over.
    """
    path = path if path is not None else config_folder() / _PREFERENCES
    try:
        return _read(path), None
    except FileNotFoundError:
        return Preferences(), None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Preferences(), (
            f"The preferences could not be read ({reason}), so the defaults are in use. "
            f"Your desks are not touched. Check that you may read {path}."
        )
    except (ValueError, RecursionError) as error:
        return Preferences(), _set_aside(path, error)


def _read(path: Path) -> Preferences:
    with path.open("rb") as stream:
        raw = stream.read(_LARGEST_PREFERENCES + 1)
    if len(raw) > _LARGEST_PREFERENCES:
        raise ValueError("the file is too large to be preferences")
    stored = json.loads(raw.decode("utf-8"))
    if not isinstance(stored, dict):
        raise ValueError("the file holds no JSON object")
    known = {each.name for each in fields(Preferences)}
    return Preferences(**{name: value for name, value in stored.items() if name in known})


def _set_aside(path: Path, error: Exception) -> str:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = path.with_name(f"{path.stem}.broken-{stamp}{path.suffix}")
    what = re.sub(r"\s+", " ", str(error))[:200] or type(error).__name__
    try:
        os.replace(path, aside)
    except OSError:
        kept = f"The file stays at {path}, and will be written over when a preference is changed."
    else:
        kept = f"The old file is kept as {aside}."
    return (
        f"The preferences could not be understood ({what}), so the defaults are in use. "
        f"{kept} Your desks are not touched."
    )


def save_preferences(preferences: Preferences, path: Path | None = None) -> None:
    """Write the preferences to `path` (default: in the config folder), whole or not at all.

    Makes the folder if needed. Raises OSError when the disk refuses; the old file then stands.
    """
    path = path if path is not None else config_folder() / _PREFERENCES
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = {each.name: getattr(preferences, each.name) for each in fields(preferences)}
    stored["keys"] = dict(preferences.keys)
    text = json.dumps(stored, ensure_ascii=False, indent=2) + "\n"
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
