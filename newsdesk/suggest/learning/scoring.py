"""Scores a pipeline on lessons, where people gave the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from newsdesk.suggest import evaluation, golds
from newsdesk.suggest.evaluation import Report
from newsdesk.suggest.learning.layers import LEARNT_CLAIMS, LEARNT_NAMES
from newsdesk.suggest.learning.lessons import Lesson
from newsdesk.suggest.scores import Count, Marks
from newsdesk.suggest.suggester import PipelineSuggester

if TYPE_CHECKING:
    from spacy.language import Language

LEAST_GAIN = 0.002
"""F1 that has to be gained over all labels together before anything is called better."""


def found_in(
    nlp: Language, lessons: Sequence[Lesson], progress: Callable[[float], object]
) -> dict[str, Marks]:
    """What a pipeline finds in each lesson, by its key, where the answer is known."""
    suggester = PipelineSuggester(nlp)
    found = {}
    for at, one in enumerate(lessons):
        progress(at / len(lessons))
        text = one.marks.text
        found[one.key] = one.known_part(golds.of_proposals(text, suggester.suggest(text)))
    return found


def report_of(lessons: Sequence[Lesson], found: dict[str, Marks]) -> Report:
    """The scores of what was found."""
    return evaluation.compare([one.marks for one in lessons], [found[one.key] for one in lessons])


def part_of(report: Report, name: str) -> Count:
    """What of a report a learnt component answers for."""
    if name == LEARNT_NAMES:
        return added(report.entities.values())
    return report.claims if name == LEARNT_CLAIMS else report.indirect


def added(counts: Iterable[Count]) -> Count:
    """The sum of counts."""
    total = Count()
    for count in counts:
        total.add(count)
    return total
