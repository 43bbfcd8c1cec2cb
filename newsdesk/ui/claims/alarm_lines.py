"""Tells the alarms of the whole desk in rows, sort by sort: what differs, and who must be asked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject

from newsdesk.desk.alarms import Alarms
from newsdesk.provenance.contradictions import Contradiction, Kind
from newsdesk.provenance.firmness import FirmedFigure, LostHedge
from newsdesk.provenance.quoting import Drift
from newsdesk.ui.claims.file_lines import FileLines, drifted, known_values
from newsdesk.ui.claims.file_row import FileLine, Sort
from newsdesk.ui.plain import counted, shortened

LONG = 300
"""Code points of a statement that a row shows."""


class AlarmLines(QObject):
    """Makes the rows of the list of alarms."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._file = FileLines(self)

    def sections(self, found: Alarms) -> dict[str, tuple[str, list[FileLine], int]]:
        """By sort: what it is called, its rows, and how many there are on the desk."""
        count = found.counts
        return {
            "replies": (
                self.tr("Right of reply"),
                [self._file.reply(one, found.titles.get(one.article, "")) for one in found.replies],
                count.get("replies", 0),
            ),
            "contradictions": (
                self.tr("Contradictions"),
                [self._contradiction(found, one) for one in found.contradictions],
                count.get("contradictions", 0),
            ),
            "independence": (
                self.tr("One source, and circles"),
                self._independence(found),
                count.get("converging", 0) + count.get("circles", 0),
            ),
            "hedges": (
                self.tr("Hedges"),
                [
                    *(self._hedge(found, one) for one in found.hedges),
                    *(self._figure(found, one) for one in found.figures),
                    *(self._unowned(found, id) for id in found.unowned),
                ],
                sum(count.get(name, 0) for name in ("hedges", "figures", "unowned")),
            ),
            "quotes": (
                self.tr("Quotes"),
                [self._quote(found, one) for one in found.quotes],
                count.get("quotes", 0),
            ),
        }

    def _contradiction(self, found: Alarms, one: Contradiction) -> FileLine:
        said = [_statement(found, id) for id in one.claims]
        told = [known_values(one, at) for at in range(len(one.claims))]
        kind = self.tr("conflict") if one.kind is Kind.CONFLICT else self.tr("development")
        return FileLine(
            Sort.CONTRADICTION,
            "  ↔  ".join(said),
            " ↔ ".join(part for part in told if part),
            f"{kind} ✓" if one.confirmed else kind,
            value=one,
            warns=one.kind is Kind.CONFLICT and not one.confirmed,
            claim=one.claims[0],
        )

    def _independence(self, found: Alarms) -> list[FileLine]:
        rows = []
        for one in found.converging:
            papers = counted(len(one.outlets), self.tr("1 outlet"), self.tr("{0} outlets"))
            name = shortened(found.names.get(one.origins[0].origin, ""), 80)
            said = self.tr("{0}, one source: {1}").format(papers, name)
            rows.append(self._alarm(found, one.claim, said, one.origins[0].appearances[0]))
        for circle in found.circles:
            names = [found.names.get(id, "") for id in (*circle.sources, circle.sources[0])]
            said = self.tr("A circle: {0}").format(" ← ".join(shortened(x, 40) for x in names))
            rows.append(self._alarm(found, circle.claim, said, circle.appearances[0]))
        return rows

    def _alarm(self, found: Alarms, claim: str, said: str, place: str) -> FileLine:
        return _placed(found, Sort.ALARM, _statement(found, claim), said, "", claim, place)

    def _hedge(self, found: Alarms, one: LostHedge) -> FileLine:
        words = ", ".join(f"“{word}”" for word in one.words) or self.tr("not firmly said")
        head = found.titles.get(one.headline or "", "")
        flat = self.tr("the headline of “{0}”").format(shortened(head, 60))
        if one.flat:
            flat = _paper(found, one.flat)
        told = self.tr("hedged in {0}, said flat out in {1}").format(
            _paper(found, one.hedged), flat
        )
        text = self.tr("A hedge was lost: {0}").format(words)
        said = f"{text} · {_statement(found, one.claim)}"
        key = self.tr("hedge")
        return _placed(found, Sort.DRIFT, said, told, key, one.claim, one.flat or one.hedged)

    def _figure(self, found: Alarms, one: FirmedFigure) -> FileLine:
        text = self.tr("From an offer to a fact: {0}").format(one.figure)
        mark = found.marks.get(one.appearance)
        told = f"“{shortened(_plain(mark.quote), LONG)}”" if mark else ""
        claim = (mark.claim or "") if mark else ""
        return _placed(found, Sort.DRIFT, text, told, self.tr("figure"), claim, one.appearance)

    def _unowned(self, found: Alarms, id: str) -> FileLine:
        mark = found.marks.get(id)
        told = f"“{shortened(_plain(mark.quote), LONG)}”" if mark else ""
        text = self.tr("Hedged by nobody: nobody is named who says so")
        claim = (mark.claim or "") if mark else ""
        return _placed(found, Sort.DRIFT, text, told, self.tr("hedge"), claim, id)

    def _quote(self, found: Alarms, one: Drift) -> FileLine:
        against = self.tr("{0} against {1}")
        against = against.format(_paper(found, one.variant), _paper(found, one.first))
        told = f"{', '.join(change.value for change in one.changes)} · {against}"
        return _placed(found, Sort.DRIFT, drifted(one), told, self.tr("quote"), "", one.variant)


def narrowed(rows: Iterable[FileLine], words: str) -> list[FileLine]:
    """The rows that hold all of these words."""
    wanted = words.casefold().split()
    return [one for one in rows if all(word in one.spoken.casefold() for word in wanted)]


def _placed(
    found: Alarms, sort: Sort, text: str, told: str, key: str, claim: str, place: str
) -> FileLine:
    mark = found.marks.get(place)
    return FileLine(
        sort, text, told, key, warns=True, claim=claim,
        article=mark.article if mark else "", annotation=place if mark else "",
    )  # fmt: skip


def _paper(found: Alarms, annotation: str) -> str:
    mark = found.marks.get(annotation)
    return f"“{shortened(found.titles.get(mark.article, ''), 60)}”" if mark else "–"


def _statement(found: Alarms, id: str) -> str:
    claim = found.claims.get(id)
    return shortened(_plain(claim.statement), LONG) if claim else ""


def _plain(text: str) -> str:
    return " ".join(text.split())
