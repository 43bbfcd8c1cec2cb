"""Which pipeline suggestions come from: Newsdesk's own, or a folder that was chosen and pinned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.model import NewsdeskError
from newsdesk.settings import Preferences, load_preferences, save_preferences

if TYPE_CHECKING:
    from newsdesk.suggest import Suggester
    from newsdesk.suggest.loading import Checked


def chosen(preferences: Preferences | None = None) -> tuple[Path | None, str | None]:
    """The folder in use and its pinned SHA-256; None and None for Newsdesk's own pipeline."""
    known = preferences or load_preferences()[0]
    if not known.pipeline:
        return None, None
    return Path(known.pipeline), known.pipeline_sha256 or None


def use_pipeline(
    folder: Path | None, preferences: Path | None = None, *, digest: str | None = None
) -> Checked | None:
    """Let suggestions come from a folder from now on, pinned by its SHA-256; None has Newsdesk's
    own again. The folder is looked through first, and nothing of it is run.

    ``digest`` is the SHA-256 that it should have. ``preferences`` is their file, if not the usual
    one. Raises NewsdeskError where the folder may not be loaded; the choice then stays as it was.
    """
    from newsdesk.suggest.loading import check_folder

    checked = check_folder(folder.absolute(), digest) if folder is not None else None
    known, message = load_preferences(preferences)
    if message:
        raise NewsdeskError(f"{message} The pipeline was not changed; choose it again.")
    path = str(checked.folder) if checked else ""
    fresh = replace(known, pipeline=path, pipeline_sha256=checked.digest if checked else "")
    save_preferences(fresh, preferences)
    return checked


def suggester_of(folder: Path | None = None) -> Suggester:
    """The pipeline in ``folder``, or else the chosen one, opened in this process.

    Raises NewsdeskError where it can't be loaded, or has changed since it was chosen.
    """
    from newsdesk.suggest.suggester import folder_suggester, own_suggester

    if folder is not None:
        return folder_suggester(folder)
    place, pinned = chosen()
    return folder_suggester(place, pinned) if place is not None else own_suggester()
