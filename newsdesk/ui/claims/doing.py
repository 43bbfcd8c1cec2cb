"""What the acts of the Claims workspace do with the claim at hand and its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from newsdesk.desk import claim_queue, evidencing, reviewing, same_claims
from newsdesk.desk.attributing import state_claim, unattribute
from newsdesk.desk.claim_merging import merge_claims
from newsdesk.desk.same_claims import Candidate
from newsdesk.model import (
    Attribution,
    Checkworthy,
    Claim,
    ClaimState,
    Evidence,
    Link,
    Verdict,
)
from newsdesk.model.claim_lines import ClaimFilter, ClaimLine
from newsdesk.model.reviewing import VERDICTS, needs_evidence, needs_four_eyes, steps_from
from newsdesk.ui.choices import Choice
from newsdesk.ui.chooser import Chooser, Look
from newsdesk.ui.claims.file_row import Sort
from newsdesk.ui.claims.looking_up import with_copies
from newsdesk.ui.note_box import NoteBox
from newsdesk.ui.plain import counted, shortened
from newsdesk.ui.theme import STATE_COLOURS

if TYPE_CHECKING:
    from newsdesk.desk.capturing import Read
    from newsdesk.ui.claims.workspace import ClaimsWorkspace

WIDE = 64
"""Average characters that the field takes in which things are searched and named."""

Step = tuple[ClaimState, Verdict | None]


class Doing(QObject):
    """The verbs on the claim at hand; each change is one step of the desk."""

    def __init__(self, workspace: ClaimsWorkspace) -> None:
        super().__init__(workspace)
        self._at = workspace
        self._desk = workspace.desk
        self.chooser = Chooser(workspace)
        self.note = NoteBox(workspace)
        self._comments: dict[str, str] = {}

    # What is asked

    def choose(
        self, prompt: str, look: Look, chosen: Callable[[object], object], typed: str = ""
    ) -> None:
        """Ask in a field with a list under it; Esc leaves."""
        at, metrics = self._at, self._at.fontMetrics()
        left = at.width() // 2 - WIDE // 2 * metrics.averageCharWidth()
        self.chooser.offer(
            prompt, look, lambda value: at.do(lambda: chosen(value)),
            at=QPoint(max(10, left), 40), typed=typed, wide=WIDE,
        )  # fmt: skip

    def write(self, title: str, text: str, done: Callable[[str], object]) -> None:
        """Ask for some words."""
        at = QPoint(self._at.width() // 2, self._at.height() // 4)
        self.note.ask(title, text, at, done)

    # What the claim says of itself

    def change_field(self, name: str, value: object) -> None:
        """Write a field of the claim that is shown."""
        claim = self._at.pane.claim
        if claim is None or value == getattr(claim, name):
            return
        if name == "due":
            value = value or None
            if value is not None and not _is_day(str(value)):
                self._at.failed.emit(
                    self.tr("“{0}” is no date, so the old one was kept. Write 2026-07-22.").format(
                        value
                    )
                )
                self._at.pane.show_claim(claim)
                return
        self._at.do(lambda: state_claim(self._desk, claim, **{name: value}))
        if name == "statement" and not str(value).strip():
            self._at.pane.show_claim(claim)

    def edit_statement(self) -> None:
        """Go to the statement."""
        self._at.pane.edit(self._at.pane.statement)

    def edit_topic(self) -> None:
        """Go to the topic."""
        self._at.pane.edit(self._at.pane.topic)

    def edit_due(self) -> None:
        """Go to the due date."""
        self._at.pane.edit(self._at.pane.due)

    def choose_worth(self) -> None:
        """Say whether it is worth a check."""
        claim = self._at.claim
        if claim is not None:
            rows = [Choice(one, one.value) for one in Checkworthy]
            prompt = self.tr("Is it worth checking?")
            self.choose(prompt, _narrowed(rows), lambda one: self.change_field("checkworthy", one))

    def choose_assignee(self) -> None:
        """Say who checks it."""
        claim = self._at.claim
        if claim is None:
            return
        counts = claim_queue.queue_counts(self._desk)["assignee"]
        people = {self._desk.author: counts.get(self._desk.author, 0), **counts}

        def look(typed: str) -> list[Choice]:
            name = " ".join(typed.split())
            one, many = self.tr("1 claim"), self.tr("{0} claims")
            found = [
                Choice(person, person, counted(count, one, many))
                for person, count in sorted(people.items())
                if person and name.casefold() in person.casefold()
            ]
            if name and name not in people:
                found.append(Choice(name, name, self.tr("new")))
            if claim.assignee and not name:
                found.append(Choice("", self.tr("Nobody")))
            return found

        self.choose(self.tr("Who checks it?"), look, lambda one: self.change_field("assignee", one))

    def rate(self) -> None:
        """Give it the house's own rating: one that is in use, or a new one."""
        claim = self._at.claim
        if claim is None:
            return
        known = claim_queue.ratings(self._desk)

        def look(typed: str) -> list[Choice]:
            words = " ".join(typed.split())
            found = [Choice(one, one) for one in known if words.casefold() in one.casefold()]
            if words and words not in known:
                found.append(Choice(words, words, self.tr("new")))
            if claim.rating and not words:
                found.append(Choice("", self.tr("No rating")))
            return found

        prompt = self.tr("The house's own rating, such as “mostly true”")
        self.choose(prompt, look, lambda one: self.change_field("rating", one))

    # Review

    def review(self) -> None:
        """Ask for the next step, then for the comment."""
        claim = self._at.claim
        if claim is None or self._desk.read_only:
            return
        rows = []
        for state in steps_from(claim.state):
            told = self.tr("needs a second person and evidence") if needs_four_eyes(state) else ""
            kept = claim.verdict is not None and claim.verdict in VERDICTS.get(state, ())
            possible = (claim.verdict,) if kept else VERDICTS.get(state, ())
            verdicts: tuple[Verdict | None, ...] = possible or (None,)
            for verdict in verdicts:
                said = f"{state.value}: {verdict.value}" if verdict else state.value
                rows.append(Choice((state, verdict), said, told, "", STATE_COLOURS[state]))
        prompt = self.tr("It is {0}. Take it to…").format(claim.state.value)
        self.choose(prompt, _narrowed(rows), lambda step: self._comment(claim, step))

    def _comment(self, claim: Claim, step: object) -> None:
        if not isinstance(step, tuple):
            return
        state, verdict = step
        title = self.tr("{0}: why? A comment is required").format(state.value.capitalize())

        def written(comment: str) -> None:
            self._comments[claim.id] = comment
            relied = needs_evidence(state)
            evidence = self._desk.find(Evidence, claim=claim.id) if relied else ()
            with_copies(self._at, evidence, lambda read: taken(comment, read))

        def taken(comment: str, read: Read) -> None:
            made = self._at.do(
                lambda: reviewing.review(
                    self._desk, claim, state, comment, verdict=verdict, read=read
                )
            )
            if made is not None:
                self._comments.pop(claim.id, None)
                self._at.said.emit(self.tr("The claim is {0}").format(state.value))

        # What was typed for a step that was refused is not lost.
        self.write(title, self._comments.pop(claim.id, ""), written)

    # Evidence and other claims

    def add_evidence(self, dropped: Path | str | None = None) -> None:
        """Ask for evidence; in a file or at an address that was dropped, where one was."""
        claim = self._at.claim
        if claim is not None and not self._desk.read_only:
            from newsdesk.ui.claims.evidence_dialog import EvidenceDialog

            dialog = EvidenceDialog(self._at.shared, claim.id, self._at)
            dialog.take(dropped)
            if self._at.shared.ask.run(dialog):
                self._at.select(claim.id)  # with what was added
                self._at.moving.show_file()
                self._at.pane.file.go_to(Sort.EVIDENCE)
            dialog.deleteLater()

    def recheck(self) -> None:
        """Look every passage up again, and compare the claims anew."""
        claim, showing = self._at.claim, self._at.showing
        if claim is None or showing.view is None:
            return
        evidence = showing.view.evidence
        with_copies(self._at, evidence, lambda read: self._look_up(evidence, read))
        showing.compare_anew()

    def _look_up(self, evidence: Sequence[Evidence], read: Read) -> None:
        fallen = self._at.do(lambda: reviewing.fallen_passages(self._desk, evidence, read))
        showing = self._at.showing
        if fallen is None or showing.view is None or showing.view.evidence != evidence:
            return
        showing.show_fallen(fallen)
        one, many = self.tr("1 passage stands"), self.tr("{0} passages stand")
        said = counted(len(evidence) - len(fallen), one, many)
        if fallen:
            said += self.tr(", {0} no longer").format(len(fallen))
        self._at.said.emit(said)

    def merge(self) -> None:
        """Ask which other claim is the same, then which of them stays."""
        claim = self._at.claim
        if claim is None:
            return

        def look(typed: str) -> list[Choice]:
            wanted = ClaimFilter(words=" ".join(typed.split()), sort="newest")
            found = claim_queue.queue(self._desk, wanted, limit=40)
            return [self._choice(one) for one in found if one.id != claim.id]

        self.choose(
            self.tr("Which claim is the same? Type words of it"), look,
            lambda other: self._ask_which_stays(claim.id, other),
        )  # fmt: skip

    def _choice(self, line: ClaimLine, text: str = "") -> Choice:
        one, many = self.tr("1 appearance"), self.tr("{0} appearances")
        told = f"{line.state} · {counted(line.appearances, one, many)}"
        colour = STATE_COLOURS[ClaimState(line.state)]
        return Choice(line.id, text or shortened(line.statement, 200), told, "", colour)

    def _ask_which_stays(self, first: str, second: object) -> None:
        lines = {one.id: one for one in claim_queue.queued(self._desk, [first, str(second)])}
        keep = self.tr("Keep: {0}")
        rows = [
            self._choice(lines[id], keep.format(shortened(lines[id].statement, 200)))
            for id in (first, str(second))
            if id in lines
        ]

        def chosen(kept: object) -> None:
            gone = first if kept == second else str(second)
            merge_claims(
                self._desk, self._desk.get(Claim, str(kept)), [self._desk.get(Claim, gone)]
            )
            self._at.select(str(kept))
            self._at.said.emit(self.tr("Merged; appearances and evidence were taken over"))

        self.choose(self.tr("Which statement stays?"), _narrowed(rows), chosen)

    # The row at hand

    def accept(self) -> None:
        """Confirm the contradiction or the candidate at hand."""
        claim, row = self._at.claim, self._at.row
        if claim is None or row is None:
            return
        value = row.value
        if isinstance(value, Candidate):
            if self._at.do(lambda: same_claims.confirm(self._desk, claim.id, value)):
                self._at.said.emit(self.tr("It is an appearance of this claim now"))
        elif row.sort is Sort.CONTRADICTION and isinstance(value, Claim):
            self._at.do(lambda: reviewing.confirm_contradiction(self._desk, claim, value))

    def dismiss(self) -> None:
        """The contradiction or candidate at hand is none; why, is asked for a contradiction."""
        claim, row = self._at.claim, self._at.row
        if claim is None or row is None:
            return
        value = row.value
        if isinstance(value, Candidate):
            if self._at.do(lambda: same_claims.dismiss(self._desk, claim.id, value)):
                self._at.said.emit(self.tr("It is not listed again"))
        elif row.sort is Sort.CONTRADICTION and isinstance(value, Claim):
            self.write(
                self.tr("Why do they not contradict each other?"), "",
                lambda why: self._at.do(
                    lambda: reviewing.dismiss_contradiction(self._desk, claim, value, why)
                ),
            )  # fmt: skip

    def remove(self) -> None:
        """Take the hop, evidence or link at hand away."""
        row = self._at.row
        value = row.value if row else None
        if isinstance(value, Attribution):
            self._at.do(lambda: unattribute(self._desk, value))
        elif isinstance(value, Evidence):
            self._at.do(lambda: evidencing.drop_evidence(self._desk, value))
        elif isinstance(value, Link):
            self._at.do(lambda: self._unlink(value))

    def _unlink(self, link: Link) -> None:
        with self._desk.change(self.tr("Remove a link")):
            self._desk.drop(link)


def _narrowed(rows: list[Choice]) -> Look:
    """What a chooser offers of some rows: those that hold what was typed."""

    def look(typed: str) -> list[Choice]:
        words = typed.casefold().split()
        return [
            row for row in rows if all(w in f"{row.text} {row.detail}".casefold() for w in words)
        ]

    return look


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
