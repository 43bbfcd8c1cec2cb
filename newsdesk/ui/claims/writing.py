"""Writes what is on record about the claim at hand, beside the window's work, and checks it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from newsdesk.desk import open_desk
from newsdesk.provenance.contradictions import Contradiction
from newsdesk.ui.jobs import Report, tell_failure
from newsdesk.ui.plain import counted

if TYPE_CHECKING:
    from newsdesk.desk.dossier_checking import DossierReport
    from newsdesk.ui.claims.dossier_dialog import Wish
    from newsdesk.ui.claims.workspace import ClaimsWorkspace
    from newsdesk.ui.window import Window


class Writing(QObject):
    """The verb that writes the dossier of a claim, its ClaimReview or its PROV."""

    def __init__(self, workspace: ClaimsWorkspace) -> None:
        super().__init__(workspace)
        self._at = workspace

    def write_dossier(self) -> None:
        """Ask what, where to and what is withheld; then write it."""
        claim, shared = self._at.claim, self._at.shared
        if claim is None:
            return
        from newsdesk.ui.claims.dossier_dialog import DossierDialog

        session = getattr(self._at.window(), "session", None)
        kept = session.choices(shared.place, "dossier") if session is not None else {}
        differing = self._at.showing.differing
        dialog = DossierDialog(
            shared.ask, claim, kept, compared=differing is not None, parent=self._at
        )
        if shared.ask.run(dialog):
            wish = dialog.wish
            if session is not None:
                session.keep_choices(shared.place, "dossier", dialog.choices)
            known = None if wish.compare else differing
            self._start(claim.id, wish, known)
        dialog.deleteLater()

    def _start(self, id: str, wish: Wish, known: Sequence[Contradiction] | None) -> None:
        place, author = self._at.shared.place, self._at.desk.author
        self._at.shared.jobs.run(
            self.tr("Writing {0}").format(wish.path.name),
            lambda report: written(place, author, id, wish, known, report),
            lambda found: self._done(wish.path, found),
            self._failed,
            lambda: self._at.said.emit(self.tr("Stopped; nothing was written")),
        )

    def _done(self, path: Path, found: DossierReport | None) -> None:
        if found is None:
            self._say(self.tr("Written: {0}").format(path.name), str(path), path)
            return
        files = counted(found.files, self.tr("1 file"), self.tr("{0} files"))
        one, many = self.tr("1 passage"), self.tr("{0} passages")
        told = (files, counted(found.passages, one, many))
        sound = self.tr("The dossier was written and checked, and is sound: {0} ({1}).")
        unsound = self.tr("The dossier was written, but does not pass its check: {0} ({1}).")
        summary = (sound if found.sound else unsound).format(path.name, ", ".join(told))
        noted = self.tr("Whoever notes down the SHA-256 of its manifest can tell any change later:")
        details = [
            str(path), "", noted, found.manifest, "",
            *(f"▲ {fault.file}: {fault.message}" for fault in found.faults),
        ]  # fmt: skip
        self._say(summary, "\n".join(details), path, error=not found.sound)

    def _say(self, summary: str, details: str, path: Path, *, error: bool = False) -> None:
        def show() -> None:
            from newsdesk.ui.report_dialog import ReportDialog

            window = self._at.window()
            dialog = ReportDialog(self.tr("Dossier"), summary, details, window, place=path)
            self._at.shared.ask.run(dialog)
            dialog.deleteLater()

        bar = cast("Window", self._at.window()).messages
        bar.say(summary, error=error, act=self.tr("Details…"), do=show)

    def _failed(self, error: Exception) -> None:
        tell_failure(error, self._at.failed.emit)


def written(
    place: str,
    author: str,
    claim: str,
    wish: Wish,
    known: Sequence[Contradiction] | None,
    report: Report,
) -> DossierReport | None:
    """Write it on a connection of its own; a dossier is checked as a stranger would check it."""
    from newsdesk.desk.dossier import MADE, write_claim, write_dossier
    from newsdesk.desk.dossier_checking import verify_dossier

    with closing(open_desk(place, author)) as desk:
        if wish.what in MADE:
            write_claim(desk, claim, wish.path, wish.what, wish.redact)
            return None
        write_dossier(
            desk, claim, wish.path, redact=wish.redact, differing=known, progress=report
        )
    return verify_dossier(wish.path)
