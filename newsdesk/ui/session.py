"""What the window remembers from one day to the next: where it stood, and what it showed.

It holds places, sizes and ids only: no words of an article, no name of an outlet.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from newsdesk.settings import config_folder


@dataclass(frozen=True, slots=True)
class Place:
    """Where an editor was in a desk: the open article, the code point at the top of the view, the
    selected span or the caret (start = end), the current annotation, and the filters."""

    article: str = ""
    top: int = 0
    selection: tuple[int, int] = (0, 0)
    annotation: str = ""
    library: str = ""
    layer: str = ""
    decided: str = "open"


@dataclass(frozen=True, slots=True)
class Frame:
    """How the window stood on the screen: its geometry, its splitters' sizes, its panels."""

    geometry: bytes = b""
    sizes: dict[str, list[int]] = field(default_factory=dict)
    panels: dict[str, bool] = field(default_factory=dict)


class Session:
    """Reads and writes what is remembered, in a file of its own in the config folder."""

    def __init__(self) -> None:
        path = config_folder() / "window.ini"
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def last_desk(self) -> str:
        """The desk that was open last; empty at the first start."""
        return str(self._settings.value("desk", "") or "")

    def keep_desk(self, desk: str) -> None:
        """Remember which desk is open."""
        self._settings.setValue("desk", desk)
        self._settings.sync()

    def frame(self) -> Frame:
        """How the window stood; what can't be understood is as at the first start."""
        found = self._settings.value("frame/geometry")
        shape = _read(str(self._settings.value("frame/shape", "") or ""))
        sizes = {
            str(name): [int(size) for size in value if isinstance(size, int)]
            for name, value in _mapping(shape.get("sizes")).items()
            if isinstance(value, list)
        }
        panels = {str(k): bool(v) for k, v in _mapping(shape.get("panels")).items()}
        geometry = bytes(found.data()) if isinstance(found, QByteArray) else b""
        return Frame(geometry, sizes, panels)

    def keep_frame(self, frame: Frame) -> None:
        """Remember how the window stands."""
        self._settings.setValue("frame/geometry", QByteArray(frame.geometry))
        shape = {"sizes": frame.sizes, "panels": frame.panels}
        self._settings.setValue("frame/shape", json.dumps(shape))

    def place(self, desk: str) -> Place:
        """Where the editor was in a desk; its beginning where nothing is remembered."""
        stored = _read(str(self._settings.value(f"place/{_key(desk)}", "") or ""))
        known = {each.name for each in fields(Place)}
        kept = {name: value for name, value in stored.items() if name in known}
        try:
            kept["selection"] = tuple(int(n) for n in kept.get("selection", (0, 0)))[:2]
            kept["top"] = int(kept.get("top", 0))
            good = all(isinstance(kept[n], str) for n in kept if n not in ("top", "selection"))
            return Place(**kept) if good and len(kept["selection"]) == 2 else Place()
        except (TypeError, ValueError):
            return Place()

    def keep_place(self, desk: str, place: Place) -> None:
        """Remember where the editor is in a desk."""
        self._settings.setValue(f"place/{_key(desk)}", json.dumps(asdict(place)))
        self._settings.sync()

    def thresholds(self, desk: str) -> dict[str, int]:
        """From how many per cent of confidence suggestions are shown, by the label's id."""
        stored = _read(str(self._settings.value(f"thresholds/{_key(desk)}", "") or ""))
        return {k: v for k, v in stored.items() if isinstance(v, int) and 0 < v < 100}

    def keep_thresholds(self, desk: str, percents: dict[str, int]) -> None:
        """Remember thresholds."""
        self._settings.setValue(f"thresholds/{_key(desk)}", json.dumps(percents))

    def choices(self, desk: str, what: str) -> dict[str, Any]:
        """The last choices that were made in a form on a desk, by their names."""
        return _read(str(self._settings.value(f"{what}/{_key(desk)}", "") or ""))

    def keep_choices(self, desk: str, what: str, choices: dict[str, Any]) -> None:
        """Remember the choices made in a form: names of formats, numbers and flags, no words."""
        self._settings.setValue(f"{what}/{_key(desk)}", json.dumps(choices))
        self._settings.sync()


def fingerprint(words: str) -> str:
    """What stands in the settings for words that must not: enough to know them again."""
    return hashlib.sha256(words.encode()).hexdigest()[:16] if words else ""


def _key(desk: str) -> str:
    return fingerprint(desk)


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _mapping(value: object) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}
