"""Tells hop ladders in rows: from the originator, hop by hop, to the words of an article."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject

from newsdesk.desk.claim_file import ClaimView
from newsdesk.model import Attribution
from newsdesk.model.register import MentionLine
from newsdesk.provenance.appearance import Appearance
from newsdesk.provenance.firmness import Firmness, LostHedge, firmness
from newsdesk.provenance.ladder import Ladder, Rung
from newsdesk.ui.claims.file_row import FileLine, Sort
from newsdesk.ui.plain import counted, shortened
from newsdesk.ui.theme import BLUE, GREEN

_HAND = "#777777"  # of the dot before whoever passed the words on


class LadderLines(QObject):
    """Makes the rows of appearances and their ladders, and of the alarms about them."""

    def alarms(self, view: ClaimView) -> list[FileLine]:
        """Outlets with one source between them, and circles."""
        rows = []
        found = view.independence
        if found.alarm:
            papers = counted(len(found.outlets), self.tr("1 outlet"), self.tr("{0} outlets"))
            said = self.tr("{0}, one source: {1}")
            name = shortened(view.name(found.origins[0].origin), 80)
            rows.append(
                FileLine(
                    Sort.ALARM,
                    said.format(papers, name),
                    self.tr("They count once: what they print is not independent."),
                    warns=True,
                    source=found.origins[0].origin,
                )
            )
        for circle in view.circles:
            names = [shortened(view.name(id), 40) for id in (*circle.sources, circle.sources[0])]
            rows.append(
                FileLine(
                    Sort.ALARM,
                    self.tr("A circle: {0}").format(" ← ".join(names)),
                    self.tr("Each has it from the next, and the last from the first."),
                    warns=True,
                    value=circle,
                )
            )
        return rows

    def hedges(self, view: ClaimView) -> list[FileLine]:
        """Hedges that were lost on the way, and hedges that are nobody's."""
        rows = [self._lost(view, one) for one in view.lost_hedges]
        seen = (view.sentences.get(id) for id in view.unowned)
        text = self.tr("Hedged by nobody: nobody is named who says so")
        return rows + [
            self._hedge(text, f"“{shortened(one.title, 80)}”", one) for one in seen if one
        ]

    def _lost(self, view: ClaimView, one: LostHedge) -> FileLine:
        words = ", ".join(f"“{word}”" for word in one.words) or self.tr("not firmly said")
        before, there = view.sentences.get(one.hedged), view.sentences.get(one.flat or one.hedged)
        if one.flat is None:
            title = shortened(view.titles.get(one.headline or "", ""), 80)
            flat = self.tr("the headline of “{0}”").format(title)
        else:
            flat = f"“{shortened(there.title, 80)}”" if there else ""
        told = self.tr("hedged in “{0}”, said flat out in {1}")
        title = shortened(before.title, 80) if before else ""
        text = self.tr("A hedge was lost: {0}").format(words)
        return self._hedge(text, told.format(title, flat), there)

    def _hedge(self, text: str, detail: str, there: MentionLine | None) -> FileLine:
        return FileLine(
            Sort.DRIFT,
            text,
            detail,
            self.tr("hedge"),
            warns=True,
            article=there.article if there else "",
            annotation=there.annotation if there else "",
        )

    def of(self, view: ClaimView, one: Appearance, ladder: Ladder) -> list[FileLine]:
        """An appearance with its sentence, and under it the rungs of its ladder."""
        rows = [self._appearance(view, one, ladder)]
        if ladder.circular:
            rows.append(
                FileLine(
                    Sort.ALARM,
                    self.tr("Its source has it from this outlet: a circle"),
                    indent=1,
                    warns=True,
                )
            )
        for at, rung in enumerate(ladder.rungs):
            rows += self._rung(view, one, rung, at)
        if not ladder.rungs and not one.only_denied:
            text = self.tr("Nobody is named who says so")
            rows.append(
                FileLine(Sort.GAP, text, indent=1, warns=True, value=one, key=self.tr("gap"))
            )
        for id in ladder.answers:
            tie = view.hops[id]
            name = view.name(tie.source) if tie.source else self.tr("Somebody")
            rows.append(
                FileLine(
                    Sort.ANSWER,
                    self.tr("Answer: {0}").format(name),
                    self._how(view, [tie]),
                    indent=1,
                    colour=GREEN,
                    value=tie,
                    article=one.article,
                    annotation=tie.source_mention or tie.cue or one.id,
                )
            )
        return rows

    def _appearance(self, view: ClaimView, one: Appearance, ladder: Ladder) -> FileLine:
        line = view.sentences.get(one.id)
        outlet = view.name(one.outlet) if one.outlet else ""
        hedges = ", ".join(f"“{word}”" for word in one.hedges)
        said = (
            outlet,
            (one.published or "")[:10],
            f"“{shortened(one.title, 60)}”",
            self.firmness(firmness(one)),
            self.tr("hedged by {0}").format(hedges) if hedges else "",
        )
        text, mark = one.quote, None
        if line is not None:
            text = line.before + line.words + line.after
            mark = (len(line.before), len(line.before) + len(line.words))
        return FileLine(
            Sort.APPEARANCE,
            text,
            " · ".join(part for part in said if part),
            self.distance(ladder),
            mark,
            colour=BLUE,
            value=one,
            article=one.article,
            annotation=one.id,
        )

    def distance(self, ladder: Ladder) -> str:
        """How far an article is from who said so first."""
        if ladder.distance is None:
            return self.tr("origin unknown")
        return counted(ladder.distance, self.tr("first hand"), self.tr("{0} hands"))

    def firmness(self, found: Firmness) -> str:
        """How firmly an article says it, in words."""
        words = {
            Firmness.DENIED: self.tr("only denied"),
            Firmness.HEDGED: self.tr("hedged"),
            Firmness.ALLEGED: self.tr("alleged"),
            Firmness.ATTRIBUTED: self.tr("attributed"),
            Firmness.ASSERTED: self.tr("in the paper's own voice"),
        }
        return words[found]

    def _rung(self, view: ClaimView, one: Appearance, rung: Rung, at: int) -> list[FileLine]:
        name = self.tr("Originator") if at == 0 else self.tr("Hop {0}").format(at)
        elsewhere = rung.article != one.article
        where = view.titles.get(rung.article, "")
        there = self.tr("in “{0}”").format(shortened(where, 60)) if elsewhere else ""
        if rung.is_gap:
            return [self._gap(view, one, rung, name, there)]
        rows = []
        for id in rung.attributions:
            tie = view.hops.get(id)
            if tie is None or tie.source is None:
                continue
            source = view.sources.get(tie.source)
            kind = source.kind.value if source else ""
            leads = self.tr("its own article is on the desk") if rung.leads_to else ""
            said = (kind, self._how(view, [tie]), there, leads)
            rows.append(
                FileLine(
                    Sort.HOP,
                    f"{name}: {view.name(tie.source)}",
                    " · ".join(part for part in said if part),
                    indent=2 if elsewhere else 1,
                    colour=_HAND,
                    value=tie,
                    source=tie.source,
                    article=rung.article,
                    annotation=self._shown_at(tie, one, rung),
                )
            )
        return rows

    def _gap(self, view: ClaimView, one: Appearance, rung: Rung, name: str, there: str) -> FileLine:
        tie = view.hops.get(rung.attributions[0]) if rung.attributions else None
        own = (one.id, rung.hop) if not there else None
        return FileLine(
            Sort.GAP,
            self.tr("{0}: nobody is named").format(name),
            there,
            self.tr("gap"),
            indent=2 if there else 1,
            warns=True,
            value=tie or own,
            article=rung.article,
            annotation=self._shown_at(tie, one, rung),
        )

    @staticmethod
    def _shown_at(tie: Attribution | None, one: Appearance, rung: Rung) -> str:
        """The words that show a hop: its source's, its cue's, or those of the claim."""
        if tie is not None:
            return tie.source_mention or tie.cue or tie.content
        return one.id if rung.article == one.article else ""

    @staticmethod
    def _how(view: ClaimView, ties: Iterable[Attribution]) -> str:
        said: list[str] = []
        for tie in ties:
            values = (tie.manner, tie.assertion, tie.attitude, tie.channel)
            said += [value.value for value in values if value is not None]
            marks = [view.sentences.get(id) for id in (tie.source_mention, tie.cue) if id]
            said += [f"“{shortened(line.words, 60)}”" for line in marks if line is not None]
        return " · ".join(said)
