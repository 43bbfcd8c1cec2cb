"""Scores a pipeline, or a file of predictions, against gold; as values, a table or JSON."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from newsdesk.model import NewsdeskError
from newsdesk.suggest import golds
from newsdesk.suggest.proposals import Suggester
from newsdesk.suggest.scores import (
    Calibration,
    Count,
    EntityMark,
    Marks,
    QuoteMark,
    average_precision,
    content_exact,
    content_tokens,
    entity_counts,
    paired,
    same_speaker,
)

NAMES = ("PERSON", "ORG", "LOC")
"""PERSON, ORG and place: what every open corpus knows, and what is compared across them."""
_COLLAPSED = {"GPE": "LOC", "FAC": "LOC", "OUTLET": "ORG"}


@dataclass(slots=True)
class Report:
    """The figures of one evaluation; empty where gold has no opinion."""

    texts: int = 0
    words: int = 0
    seconds: float = 0.0
    entities: dict[str, Count] = field(default_factory=dict)
    overlaps: dict[str, Count] = field(default_factory=dict)
    names: Count = field(default_factory=Count)
    direct: Count = field(default_factory=Count)
    direct_tokens: Count = field(default_factory=Count)
    indirect: Count = field(default_factory=Count)
    indirect_tokens: Count = field(default_factory=Count)
    speakers: dict[str, list[bool]] = field(default_factory=lambda: {"direct": [], "indirect": []})
    cues: dict[str, list[bool]] = field(default_factory=lambda: {"direct": [], "indirect": []})
    claims: Count = field(default_factory=Count)
    ranked: list[tuple[float, bool]] = field(default_factory=list)
    calibration: dict[str, Calibration] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        data: dict[str, Any] = {"texts": self.texts, "words": self.words}
        if self.seconds:
            data["words_per_second"] = round(self.words / self.seconds)
        if self.entities:
            data["entities"] = {k: _plain(v) for k, v in sorted(self.entities.items())}
            data["entities_overlap"] = {k: _plain(v) for k, v in sorted(self.overlaps.items())}
            data["names"] = _plain(self.names)
        for kind in ("direct", "indirect"):
            exact: Count = getattr(self, kind)
            if exact.hit + exact.missed:
                data[kind] = {
                    "content_exact": _plain(exact),
                    "content_token": _plain(getattr(self, kind + "_tokens")),
                    "speaker": _share(self.speakers[kind]),
                    "cue": _share(self.cues[kind]),
                }
        if cues := [*self.cues["direct"], *self.cues["indirect"]]:
            data["cue"] = _share(cues)
        if self.claims.hit + self.claims.missed:
            data["claims"] = _plain(self.claims)
        if self.ranked:
            data["claims_average_precision"] = round(average_precision(self.ranked), 4)
        data["calibration_error"] = {k: round(v.error(), 4) for k, v in self.calibration.items()}
        return data

    def table(self) -> str:
        """The report as a table in plain text."""
        heads = f"{'precision':>10}{'recall':>10}{'F1':>10}{'gold':>8}{'overlap F1':>12}"
        lines = [f"{'':28}{heads}"]
        rows: list[tuple[str, Count]] = [(k, v) for k, v in sorted(self.entities.items())]
        if rows:
            rows.append(("PERSON, ORG, place", self.names))
        rows += [
            ("direct quotes, exact", self.direct),
            ("direct quotes, words", self.direct_tokens),
            ("indirect quotes, exact", self.indirect),
            ("indirect quotes, words", self.indirect_tokens),
            ("claims", self.claims),
        ]
        for name, count in rows:
            gold = count.hit + count.missed
            if gold:
                over = self.overlaps.get(name)
                lines.append(
                    f"{name:28}{count.precision:10.3f}{count.recall:10.3f}{count.f1:10.3f}{gold:8.0f}"
                    + (f"{over.f1:12.3f}" if over else "")
                )
        data = self.plain()
        for kind in ("direct", "indirect"):
            if kind in data:
                lines.append(f"{'speaker, ' + kind:28}{data[kind]['speaker']:10.3f}")
                lines.append(f"{'cue, ' + kind:28}{data[kind]['cue']:10.3f}")
        if "claims_average_precision" in data:
            title = "claims, average precision"
            lines.append(f"{title:28}{data['claims_average_precision']:10.3f}")
        if "words_per_second" in data:
            lines.append(f"{'words a second':28}{data['words_per_second']:10,}")
        lines += [
            f"{'calibration, ' + k:28}{v:10.3f}" for k, v in data["calibration_error"].items()
        ]
        return "\n".join(lines)


def _plain(count: Count) -> dict[str, float]:
    return {
        "precision": round(count.precision, 4),
        "recall": round(count.recall, 4),
        "f1": round(count.f1, 4),
        "gold": count.hit + count.missed,
    }


def _share(answers: Sequence[bool]) -> float:
    return round(sum(answers) / len(answers), 4) if answers else 0.0


def evaluate(suggester: Suggester, gold: Iterable[Marks]) -> Report:
    """Ask the suggester for every gold text, score what it proposes, and time it."""
    wanted, found, seconds = [], [], 0.0
    for marks in gold:
        start = time.perf_counter()
        result = suggester.suggest(marks.text)
        seconds += time.perf_counter() - start
        wanted.append(marks)
        found.append(golds.of_proposals(marks.text, result))
    report = compare(wanted, found)
    report.seconds = seconds
    return report


def compare_texts(gold: Iterable[Marks], predicted: Iterable[Marks]) -> Report:
    """Score predictions against gold; texts are matched by their words.

    Raises NewsdeskError if no text of the gold stands among the predictions.
    """
    given = {marks.text: marks for marks in predicted}
    pairs = [(g, given[g.text]) for g in gold if g.text in given]
    if not pairs:
        raise NewsdeskError(
            "No text of the gold file stands in the other, so there is nothing to score. "
            "Both files must hold the same articles."
        )
    return compare([g for g, _ in pairs], [p for _, p in pairs])


def compare(gold: Sequence[Marks], found: Sequence[Marks]) -> Report:
    """Score marks against gold marks of the same texts, in the same order."""
    report = Report(texts=len(gold), words=sum(len(g.text.split()) for g in gold))
    inventory = golds.labels_of(gold)
    known = _inventory(inventory)
    for wanted, given in zip(gold, found, strict=True):
        if golds.ENTITIES in wanted.layers:
            _score_entities(report, wanted, given, inventory, known)
        if golds.QUOTES in wanted.layers:
            _score_quotes(report, wanted, given)
        if golds.CLAIMS in wanted.layers:
            _score_claims(report, wanted, given)
        if golds.WORTHY in wanted.layers:
            _score_worthy(report, wanted, given)
    return report


def _inventory(labels: frozenset[str]) -> Callable[[EntityMark], EntityMark]:
    """How a found label is written in gold's words: GPE is LOC where gold has no GPE."""

    def known(mark: EntityMark) -> EntityMark:
        if mark.label in labels:
            return mark
        return replace(mark, label=_COLLAPSED.get(mark.label, mark.label))

    return known


def _score_entities(
    report: Report,
    wanted: Marks,
    given: Marks,
    inventory: frozenset[str],
    known: Callable[[EntityMark], EntityMark],
) -> None:
    found = [known(mark) for mark in given.entities]
    for exact, target in ((True, report.entities), (False, report.overlaps)):
        for label, count in entity_counts(wanted.entities, found, inventory, exact).items():
            target.setdefault(label, Count()).add(count)
    narrow = [replace(m, label=_COLLAPSED.get(m.label, m.label)) for m in wanted.entities]
    broad = [replace(m, label=_COLLAPSED.get(m.label, m.label)) for m in given.entities]
    for count in entity_counts(narrow, broad, NAMES).values():
        report.names.add(count)
    right = {(m.start, m.end, m.label) for m in narrow}
    curve = report.calibration.setdefault("entities", Calibration())
    curve.pairs += [
        (m.confidence, (m.start, m.end, m.label) in right) for m in broad if m.label in NAMES
    ]


def _of(quotes: Sequence[QuoteMark], direct: bool) -> list[QuoteMark]:
    return [q for q in quotes if (q.manner == "direct") == direct]


def _score_quotes(report: Report, wanted: Marks, given: Marks) -> None:
    for kind in ("direct", "indirect"):
        gold, found = _of(wanted.quotes, kind == "direct"), _of(given.quotes, kind == "direct")
        getattr(report, kind).add(content_exact(gold, found, wanted.text))
        getattr(report, kind + "_tokens").add(content_tokens(gold, found, wanted.text))
        for quote, match in paired(gold, found):
            if quote.source is not None or quote.speaker:
                report.speakers[kind].append(same_speaker(quote, match, wanted.text))
            if quote.cue is not None:
                meets = (
                    match.cue is not None
                    and match.cue[0] < quote.cue[1]
                    and quote.cue[0] < match.cue[1]
                )
                report.cues[kind].append(meets)
        matched = {id(match) for _, match in paired(gold, found)}
        curve = report.calibration.setdefault(f"{kind} quotes", Calibration())
        curve.pairs += [(q.confidence, id(q) in matched) for q in found]


def _score_claims(report: Report, wanted: Marks, given: Marks) -> None:
    """A claim is hit where at least half of the longer of the two ranges is shared."""
    left = list(wanted.claims)
    curve = report.calibration.setdefault("claims", Calibration())
    for claim in sorted(given.claims, key=lambda c: -c.confidence):
        match = next(
            (g for g in left if _shares_half(g.start, g.end, claim.start, claim.end)), None
        )
        report.claims.add(Count(hit=1) if match else Count(false=1))
        report.ranked.append((claim.confidence, match is not None))
        curve.pairs.append((claim.confidence, match is not None))
        if match:
            left.remove(match)
    report.claims.add(Count(missed=len(left)))


def _shares_half(a: int, b: int, c: int, d: int) -> bool:
    return max(0, min(b, d) - max(a, c)) * 2 >= max(b - a, d - c)


def _score_worthy(report: Report, wanted: Marks, given: Marks) -> None:
    """Claims judged by sentence: proposals count for F1; every sentence is ranked by its own
    score, also where nothing was proposed."""
    sure = max((claim.confidence for claim in given.claims), default=0.0)
    score = max((one.confidence for one in given.judged), default=sure)
    right = bool(wanted.worthy)
    report.ranked.append((score, right))
    proposed = sure >= 0.5
    report.claims.add(
        Count(
            float(proposed and right), float(proposed and not right), float(right and not proposed)
        )
    )
    report.calibration.setdefault("claims", Calibration()).pairs.append((score, right))
