"""Shows the chosen claim's file: what is known at once, then what takes comparing the desk."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from newsdesk.desk import Desk
from newsdesk.desk.alarms import Asked, claim_replies
from newsdesk.desk.claim_file import ClaimView, claim_history, claim_view
from newsdesk.desk.claim_queue import sentences
from newsdesk.desk.gating import claim_gate, desk_contradictions
from newsdesk.desk.reviewing import dismissed
from newsdesk.desk.same_claims import Candidate, candidates
from newsdesk.desk.tracing import printed
from newsdesk.model import Annotation, Article, Claim, Link, Revision, Setting
from newsdesk.model.register import MentionLine
from newsdesk.provenance.contradictions import Contradiction
from newsdesk.provenance.gate import Missing
from newsdesk.ui.claims.file_lines import FileLines
from newsdesk.ui.claims.file_row import FileLine
from newsdesk.ui.claims.meaning import Meaning

if TYPE_CHECKING:
    from newsdesk.ui.claims.workspace import ClaimsWorkspace

PAUSE = 150
"""Milliseconds that an editor stays with a claim before the desk is searched for others like it."""
MANY = 20_000
"""Claims beyond which what takes reading them all is done only when an editor asks."""
CHANGES = 200
"""Revisions of the history that are shown."""

Elsewhere = list[tuple[Candidate, MentionLine, str]]


class Showing(QObject):
    """Fills the pane of the claims workspace.

    `differing` are the desk's contradictions; None until claims were compared.
    """

    def __init__(self, workspace: ClaimsWorkspace) -> None:
        super().__init__(workspace)
        self._at = workspace
        self._desk = workspace.desk
        self._lines = FileLines(self)
        self._view: ClaimView | None = None
        self._elsewhere: Elsewhere | None = None
        self._history: list[Revision] | None = None
        self._asked: list[Asked] | None = None
        self._fallen: dict[str, str] = {}
        self._missing: list[Missing] | None = None
        self._compared = False
        self._meant = ""
        self._meaning = Meaning(workspace.shared.place, read_only=self._desk.read_only)
        self.differing: list[Contradiction] | None = None
        self._by_claim: dict[str, list[Contradiction]] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self._ask)

    @property
    def view(self) -> ClaimView | None:
        """What is shown, as it was gathered; in the past too, what the desk knows now."""
        return self._view

    @property
    def settled(self) -> bool:
        """Whether nothing is still put off."""
        return not self._later.isActive()

    def stop(self) -> None:
        """Ask nothing more."""
        self._later.stop()
        self._meaning.stop()

    def follow(self, revision: Revision) -> None:
        """Something changed: what was compared may not hold any more."""
        heard = Claim | Annotation | Link | Setting | Article
        if revision.edits is None or any(isinstance(e.record, heard) for e in revision.edits):
            # On a very large desk claims are compared again when the editor asks for it.
            self._compared = self._compared and self._desk.count(Claim) > MANY

    def show(self, id: str) -> None:
        """Show a claim; an empty id shows what could be done."""
        pane, past = self._at.pane, self._at.past
        if past.known is not None and past.known.claim.id == id:
            return
        past.leave()
        before = self._view
        if before is not None and before.claim.id != id:
            pane.commit()
        self._view = self._at.do(lambda: claim_view(self._desk, id)) if id else None
        if self._view is None:
            self._later.stop()
            pane.say(
                self.tr("Choose a claim to see where it comes from, and what is missing.")
                if self._at.queue.model.rowCount() or self._at.queue.model.wanted.narrows
                else self.tr("Claims come from the reader: select words of an article, press C.")
            )
            return
        fresh = before is None or before.claim.id != id
        if fresh:
            self._elsewhere, self._history, self._fallen, self._meant = None, None, {}, ""
            self._asked = None
        pane.show_claim(self._view.claim)
        self._ask_gate()
        self._tell(fresh=fresh)
        self._later.start()

    def show_fallen(self, fallen: dict[str, str]) -> None:
        """Show which passages of evidence no longer stand."""
        self._fallen = fallen
        self._tell(fresh=False)

    def show_past(self, view: ClaimView, changes: list[Revision]) -> None:
        """Show what was known of the claim, with the changes up to then."""
        lines = self._lines
        self._at.pane.show_claim(view.claim)
        rows: list[FileLine] = [
            *lines.origins(view),
            *lines.evidence(view, {}),
            *lines.differences(view, (), lambda other: None),
            *lines.reviews(view),
            *lines.history(changes[:CHANGES]),
        ]
        self._at.pane.file.show_lines(rows, fresh=True)

    def _tell(self, *, fresh: bool) -> None:
        view = self._view
        if view is None or self._at.past.known is not None:
            return
        lines, id = self._lines, view.claim.id
        rows: list[FileLine] = [
            *lines.origins(view),
            *lines.missing(view, self._missing),
            *lines.replies(view, self._asked),
            *lines.evidence(view, self._fallen),
            *lines.differences(view, self.rivals(id), lambda other: self._rival(id, other)),
            *lines.elsewhere(self._elsewhere),
            *lines.reviews(view),
            *lines.history(self._history),
        ]
        self._at.pane.file.show_lines(rows, fresh=fresh)

    def _ask_gate(self) -> None:
        """Ask what the claim that is shown is missing."""
        view = self._view
        if view is not None:
            id = view.claim.id
            rivals = self.rivals(id) or ()
            self._missing = self._at.do(lambda: claim_gate(self._desk, id, rivals))
            if self._missing is not None:
                self._at.queue.model.tell_missing(id, self._missing)

    def rivals(self, id: str) -> list[Contradiction] | None:
        """The contradictions of a claim; None until claims were compared."""
        return None if self.differing is None else self._by_claim.get(id, [])

    def _rival(self, about: str, id: str) -> Claim | None:
        """A claim that differs; none that is gone, or was dismissed a moment ago."""
        pairs = (set(pair) for pair in dismissed(self._desk))
        return None if {about, id} in pairs else self._desk.get_all(Claim, [id]).get(id)

    # What takes longer

    def _ask(self) -> None:
        """The editor stays with a claim: read its history, and compare it with others."""
        view = self._view
        if view is None:
            return
        id = view.claim.id
        found = self._at.do(lambda: claim_history(self._desk, view))
        self._history = (found or [])[:CHANGES]
        self._asked = self._at.do(lambda: claim_replies(self._desk, id))
        self._tell(fresh=False)
        if not self._compared:
            self._compared = True
            self._at.asking.ask("contradictions", desk_contradictions, self._differ)
        self._at.asking.ask(
            "elsewhere",
            lambda desk: elsewhere(desk, id),
            lambda found: self._show_elsewhere(id, found),
        )
        self._at.asking.ask(
            "meaning",
            lambda desk: elsewhere(desk, id, self._meaning),
            lambda found: self._show_elsewhere(id, found, by_meaning=True),
        )

    def compare_anew(self) -> None:
        """Compare the desk's claims again, however long it takes."""
        self._compared = False
        self._later.start()

    def _differ(self, found: list[Contradiction]) -> None:
        before, self.differing = self.differing, found
        self._by_claim = defaultdict(list)
        for one in found:
            for id in one.claims:
                self._by_claim[id].append(one)
        if before != found:
            self._at.queue.forget_missing()
            self._ask_gate()
        self._tell(fresh=False)

    def _show_elsewhere(
        self, id: str, found: Elsewhere | None, *, by_meaning: bool = False
    ) -> None:
        """Show candidates: those by words at once, those by meaning when they are known."""
        if self._view is None or self._view.claim.id != id or found is None:
            return
        if by_meaning or self._meant != id:
            self._meant = id if by_meaning else ""
            self._elsewhere = found
            self._tell(fresh=False)


def elsewhere(desk: Desk, claim: str, meaning: Meaning | None = None) -> Elsewhere | None:
    """Candidates for other appearances of a claim, with the sentence that each stands in; None
    where meanings are asked for and can't be compared."""
    if not desk.count(Claim, id=claim):
        return []
    vectors = meaning.vectors(desk) if meaning else None
    if meaning and vectors is None:
        return None
    found = candidates(desk, claim, vectors=vectors)
    marked = sentences(desk, [one.annotation for one in found if one.annotation])
    articles = printed(desk, [one.article for one in found])
    made: Elsewhere = []
    for one in found:
        line = marked.get(one.annotation or "")
        if line is None:
            place = articles[one.article]
            words = " ".join(one.words.split())
            line = MentionLine(
                "", one.article, place.title, place.published or "", "", "", None, "", words, ""
            )
        made.append((one, line, one.why))
    return made
