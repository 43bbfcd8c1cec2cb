"""Tells a claim's file in rows: where it comes from, what is missing, and what supports it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject

from newsdesk.desk.alarms import Asked
from newsdesk.desk.claim_file import ClaimView
from newsdesk.model import Claim, Evidence, Revision, Stance
from newsdesk.model.register import MentionLine
from newsdesk.provenance.contradictions import Contradiction
from newsdesk.provenance.gate import Missing
from newsdesk.provenance.quoting import Drift
from newsdesk.ui.claims.file_row import FileLine, Sort
from newsdesk.ui.claims.ladder_lines import LadderLines
from newsdesk.ui.inspector.history import when
from newsdesk.ui.plain import counted, shortened
from newsdesk.ui.theme import GREEN, SKY, VERMILION

_STANCES = {Stance.SUPPORTS: GREEN, Stance.REFUTES: VERMILION, Stance.CONTEXT: SKY}


class FileLines(QObject):
    """Makes the rows of a claim's file, section by section."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ladders = LadderLines(self)

    def head(self, text: str, detail: str = "") -> FileLine:
        """The row that a section begins with."""
        return FileLine(Sort.HEAD, text, detail)

    def section(
        self, text: str, rows: list[FileLine], nothing: str, say: str = ""
    ) -> list[FileLine]:
        """A section: its head with the number of rows, and the rows or what to do."""
        name = f"{text} ({len(rows):,})" if rows else text
        return [self.head(name, say), *(rows or [FileLine(Sort.NOTHING, nothing)])]

    # What is missing

    def missing(self, view: ClaimView, found: Sequence[Missing] | None) -> list[FileLine]:
        """What the publish gate asks for."""
        if found is None:
            return self.section(self.tr("Missing"), [], self.tr("The gate is being asked…"))
        rows = [self._missing(view, one) for one in found]
        nothing = self.tr("Nothing is missing: the claim may be published.")
        return self.section(self.tr("Missing"), rows, nothing)

    def _missing(self, view: ClaimView, one: Missing) -> FileLine:
        where, annotation, article, source = "", "", "", ""
        seen = view.sentences.get(one.record)
        if seen is not None:
            where, annotation, article = seen.title, seen.annotation, seen.article
        elif one.record in view.sources:
            where, source = view.name(one.record), one.record
        elif one.record in view.titles:
            where, article = view.titles[one.record], one.record
        claim = one.record if one.record in view.others else ""
        return FileLine(
            Sort.MISSING,
            _sentence(one.what),
            shortened(where, 120),
            warns=True,
            value=one,
            annotation=annotation,
            article=article,
            source=source,
            claim=claim,
        )

    # Where it comes from

    def origins(self, view: ClaimView) -> list[FileLine]:
        """Independence, circles, and each appearance with its ladder."""
        rows = self.ladders.alarms(view)
        for appearance, ladder in zip(view.appearances, view.ladders, strict=True):
            rows += self.ladders.of(view, appearance, ladder)
        count = len(view.appearances)
        one, many = self.tr("1 appearance"), self.tr("{0} appearances")
        text = self.tr("Where it comes from")
        if not rows:
            nothing = self.tr("No article prints it. Press C on words of one, or M here to merge.")
            return [self.head(text), FileLine(Sort.NOTHING, nothing)]
        said = [counted(count, one, many), self.independence(view)]
        return [self.head(text, " · ".join(filter(None, said))), *rows]

    def independence(self, view: ClaimView) -> str:
        """ "3 outlets, 1 source": how many sources the outlets have it from."""
        found = view.independence
        if not found.appearances:
            return ""
        papers = counted(len(found.outlets), self.tr("1 outlet"), self.tr("{0} outlets"))
        sources = len(found.origins)
        if not sources:
            return self.tr("{0}, no source").format(papers)
        return f"{papers}, " + counted(sources, self.tr("1 source"), self.tr("{0} sources"))

    # What supports it, and what does not fit

    def evidence(self, view: ClaimView, fallen: dict[str, str]) -> list[FileLine]:
        """The passages on record; `fallen` says why one no longer stands."""
        rows = [self._evidence(view, one, fallen.get(one.id, "")) for one in view.evidence]
        nothing = self.tr("None on record. Press V to add a passage, or drop a file on this pane.")
        return self.section(self.tr("Evidence"), rows, nothing)

    def _evidence(self, view: ClaimView, one: Evidence, why: str) -> FileLine:
        place = view.titles.get(one.article or "", "")
        kept = self.tr("copy kept") if one.snapshot else ""
        told = (one.title, one.publisher, place, one.url or "", kept, one.question)
        said = [part for part in told if part]
        if why:
            said.insert(0, self.tr("it no longer holds: {0}").format(why))
        article, annotation = one.article or "", one.annotation or ""
        if annotation in view.sentences:
            article = view.sentences[annotation].article
        return FileLine(
            Sort.EVIDENCE,
            f"“{_plain(one.exact)}”",
            " · ".join(said),
            one.stance.value,
            colour=_STANCES[one.stance],
            value=one,
            article=article,
            annotation=annotation,
            warns=bool(why),
        )

    def differences(
        self,
        view: ClaimView,
        found: Sequence[Contradiction] | None,
        known: Callable[[str], Claim | None],
    ) -> list[FileLine]:
        """Contradictions, drift of quotes and hedges, and what links say of other claims."""
        rows: list[FileLine] = []
        confirmed = set()
        for link in view.links:
            other = link.to_id if link.from_id == view.claim.id else link.from_id
            if other in view.others:
                confirmed.add(other)
                rows.append(
                    FileLine(
                        Sort.LINK,
                        _plain(view.others[other].statement),
                        _plain(link.note),
                        self._kind(link.kind.value, link.from_id == view.claim.id),
                        value=link,
                        claim=other,
                    )
                )
        for one in found or ():
            rivals = [id for id in one.claims if id != view.claim.id and id not in confirmed]
            rows += [self._rival(one, claim) for id in rivals if (claim := known(id)) is not None]
        rows += [row for drift in view.drifts if (row := self._drift(view, drift)) is not None]
        rows += self.ladders.hedges(view)
        nothing = (
            self.tr("The desk's claims are being compared…")
            if found is None
            else self.tr("No other claim differs from it, and no quote or hedge drifted.")
        )
        return self.section(self.tr("Contradictions and drift"), rows, nothing)

    def _kind(self, kind: str, forward: bool) -> str:
        words = {
            ("contradicts", True): self.tr("contradicts"),
            ("contradicts", False): self.tr("contradicts"),
            ("corrects", True): self.tr("corrects"),
            ("corrects", False): self.tr("corrected by"),
            ("supports", True): self.tr("supports"),
            ("supports", False): self.tr("supported by"),
            ("derived_from", True): self.tr("derived from"),
            ("derived_from", False): self.tr("source of"),
        }
        return words.get((kind, forward), kind.replace("_", " "))

    def _rival(self, found: Contradiction, claim: Claim) -> FileLine:
        told = known_values(found, found.claims.index(claim.id))
        why = self.tr("A confirms it, X dismisses it") if not found.confirmed else ""
        return FileLine(
            Sort.CONTRADICTION,
            _plain(claim.statement),
            " · ".join(part for part in (told, why) if part),
            self.tr("conflict") if found.kind.value == "conflict" else self.tr("development"),
            value=claim,
            claim=claim.id,
            warns=found.kind.value == "conflict",
        )

    def _drift(self, view: ClaimView, drift: Drift) -> FileLine | None:
        first, variant = view.sentences.get(drift.first), view.sentences.get(drift.variant)
        if first is None or variant is None:
            return None
        told = self.tr("{0} against {1}").format(_paper(variant), _paper(first))
        return FileLine(
            Sort.DRIFT,
            drifted(drift),
            f"{', '.join(one.value for one in drift.changes)} · {told}",
            self.tr("quote"),
            value=drift,
            warns=True,
            article=variant.article,
            annotation=variant.annotation,
        )

    # Who must be asked

    def replies(self, view: ClaimView, found: Sequence[Asked] | None) -> list[FileLine]:
        """The right of reply, where the claim is an allegation."""
        rows = [self.reply(one, view.titles.get(one.article, ""), own=True) for one in found or ()]
        text = self.tr("No allegation: nobody has to be asked for a reply.")
        nothing = self.tr("The articles are being read…") if found is None else text
        return self.section(self.tr("Right of reply"), rows, nothing)

    def reply(self, one: Asked, title: str, *, own: bool = False) -> FileLine:
        """An allegation: who was to be asked, who answered what, and by when. In the claim's `own`
        file it is told by its article alone."""
        late = one.answer is None and bool(one.due) and one.due < _today()
        whom, by = ", ".join(one.whom), ", ".join(shortened(name, 60) for name in one.by)
        if not whom and not one.answer:
            whom = self.tr("nobody who is marked in it")
        told = (
            self.tr("to be asked: {0}").format(whom) if whom else "",
            f"{one.answer.value}: {by or '–'}" if one.answer else "",
            (self.tr("overdue since {0}") if late else self.tr("due {0}")).format(one.due)
            if one.due
            else "",
            f"“{shortened(title, 60)}”" if title and not own else "",
        )
        return FileLine(
            Sort.REPLY,
            self.tr("Alleged in “{0}”").format(_plain(title)) if own else _plain(one.statement),
            " · ".join(part for part in told if part),
            one.answer.value if one.answer else self.tr("no reply"),
            value=one,
            warns=one.answer is None,
            claim=one.claim,
            article=one.article,
            annotation=one.appearance,
        )

    # Elsewhere, who checked it, and what was done

    def elsewhere(self, found: Sequence[tuple[object, MentionLine, str]] | None) -> list[FileLine]:
        """Candidates for other appearances: each with its sentence, and why it is one."""
        rows = [
            FileLine(
                Sort.CANDIDATE,
                line.before + line.words + line.after,
                f"{_paper(line)} · {why}",
                mark=(len(line.before), len(line.before) + len(line.words)),
                value=candidate,
                article=line.article,
                annotation=line.annotation,
            )
            for candidate, line, why in found or ()
        ]
        nothing = (
            self.tr("Other articles are being searched…")
            if found is None
            else self.tr("No other words look like this claim.")
        )
        return self.section(self.tr("The same claim elsewhere"), rows, nothing)

    def reviews(self, view: ClaimView) -> list[FileLine]:
        """Who took it from state to state, and why; the latest first."""
        rows = []
        for one in reversed(view.reviews):
            verdict = f" ({one.verdict.value})" if one.verdict else ""
            text = f"{one.from_state.value} → {one.to_state.value}{verdict}: {_plain(one.comment)}"
            rows.append(FileLine(Sort.REVIEW, text, f"{one.reviewer} · {when(one.at)}", value=one))
        nothing = self.tr("Nobody has reviewed it. Press S to take it on.")
        return self.section(self.tr("Reviews"), rows, nothing)

    def history(self, found: Sequence[Revision] | None) -> list[FileLine]:
        """What was done to it, the latest first."""
        rows = [
            FileLine(Sort.CHANGE, _plain(one.title), f"{one.author} · {when(one.at)}", value=one)
            for one in found or ()
        ]
        nothing = self.tr("The journal is being read…")
        return self.section(self.tr("History"), rows, nothing)


def known_values(found: Contradiction, at: int) -> str:
    """The value that one claim of a contradiction gives, and the day that it holds for."""
    values = ", ".join(f"{value:,g}" for value in found.values[at]) if found.values else ""
    day = found.dates[at] if at < len(found.dates) else ""
    return " · ".join(part for part in (values, day) if part)


def drifted(drift: Drift) -> str:
    """A quote with what was changed in it, as [before → after]."""
    parts = [
        piece.after
        if piece.tag == "equal"
        else f"[{piece.before or '∅'} → {piece.after or '∅'}]"
        for piece in drift.pieces
    ]
    return f"“{' '.join(parts)}”"


def _paper(line: MentionLine) -> str:
    return f"“{shortened(line.title, 60)}” {line.published[:10]}".rstrip()


def _plain(text: str) -> str:
    return " ".join(text.split())


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _today() -> str:
    return datetime.now().astimezone().date().isoformat()
