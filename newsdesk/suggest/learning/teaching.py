"""Teaches spaCy's own components what a desk accepted, on vectors of the frozen network."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsdesk.suggest import pipeline
from newsdesk.suggest.learning.answers import (
    claim_examples,
    label_of,
    name_tags,
    names_example,
    quotes_example,
    read,
    rehearsal,
)
from newsdesk.suggest.learning.layers import (
    LEARNT,
    LEARNT_CLAIMS,
    LEARNT_NAMES,
    LEARNT_QUOTES,
    TAGS,
    WORTH,
    WORTHY,
)
from newsdesk.suggest.learning.lessons import Lesson
from newsdesk.suggest.learning.scoring import LEAST_GAIN, found_in, part_of, report_of
from newsdesk.suggest.scores import Marks

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

Progress = Callable[[str, float], object]
"""Told what is done and how far, 0 to 1; what it raises ends the training."""

_FOLDS = 3
_MOST_PASSES = 24
_UPDATES = 1_500  # of one component in one fold; more texts get fewer passes
_TOKENS_A_BATCH = 600
_BY_CHANCE = 2  # marks gained that mean nothing


@dataclass(frozen=True, slots=True)
class Plan:
    """How fast to learn: `rate` of Adam, `decay` of the corrections towards nothing."""

    seed: int = 7
    rate: float = 0.003
    decay: float = 0.03


@dataclass(frozen=True, slots=True)
class Taught:
    """What became of one component: its examples, the passes that were best on texts left out,
    and the whole pipeline's F1 on these, without it and with it. `kept` says whether it stays."""

    name: str
    examples: int
    passes: int
    before: float
    after: float
    kept: bool


@dataclass(slots=True)
class _Group:
    """The examples of one text: they stay together, learnt from or left out."""

    lesson: Lesson
    examples: list[Example]


def teach(nlp: Language, lessons: Sequence[Lesson], plan: Plan, progress: Progress) -> list[Taught]:
    """Add to ``nlp`` the components that learn something from ``lessons``.

    Each is tried on the third of the texts that it was not taught, three times: that gives the
    number of passes, and whether the pipeline does better with it. If not, it is left away.
    """
    for name in LEARNT:
        if name in nlp.component_names:
            nlp.remove_pipe(name)
    found = found_in(nlp, lessons, lambda done: progress("Reading", 0.15 * done))
    groups, labels = _groups(nlp, lessons, lambda done: progress("Reading", 0.15 + 0.15 * done))
    taught = []
    kept = rehearsal(nlp, pipeline.encoder_of(nlp))
    courses = {
        name: _Course(nlp, name, labels[name], some, kept[name], plan)
        for name, some in groups.items()
    }
    for at, course in enumerate(courses.values()):
        taught.append(course.run(found, _told(progress, at)))
    for one in taught:
        if one.kept:
            courses[one.name].teach_all(one.passes)
    return taught


def _told(progress: Progress, at: int) -> Callable[[float], object]:
    return lambda done: progress("Learning", 0.3 + 0.7 * (at + done) / len(LEARNT))


def _unheard(done: float) -> None:
    """The last round is short."""


def _groups(
    nlp: Language, lessons: Sequence[Lesson], progress: Callable[[float], object]
) -> tuple[dict[str, list[_Group]], dict[str, list[str]]]:
    """The examples of every component that has enough texts, and its labels."""
    encoder = pipeline.encoder_of(nlp)
    tags = name_tags(encoder.name_tags, lessons)
    heard = frozenset(
        label for one in lessons for m in one.marks.entities if (label := label_of(m.label))
    )
    made: dict[str, list[_Group]] = {name: [] for name in LEARNT}
    for at, lesson in enumerate(lessons):
        progress(at / len(lessons))
        one = read(nlp, encoder, lesson)
        if not len(one.doc):
            continue
        made[LEARNT_NAMES].append(_Group(lesson, [names_example(one, tags, heard)]))
        made[LEARNT_QUOTES].append(_Group(lesson, [quotes_example(one)]))
        made[LEARNT_CLAIMS].append(_Group(lesson, list(claim_examples(one))))
    labels = {
        LEARNT_NAMES: tags,
        LEARNT_QUOTES: list(encoder.quote_tags),
        LEARNT_CLAIMS: [WORTHY],
    }
    kept = {name: [one for one in made[name] if _says(one)] for name in LEARNT}
    return {name: some for name, some in kept.items() if len(some) >= _FOLDS}, labels


def _says(group: _Group) -> bool:
    """Whether a text holds any answer."""
    return any(
        example.reference.cats or any(token.tag_ for token in example.reference)
        for example in group.examples
    )


_NOBODYS = Lesson("", Marks(""))


class _Course:
    """One component on its way: tried on what was left out, then taught everything."""

    def __init__(
        self,
        nlp: Language,
        name: str,
        labels: Sequence[str],
        groups: list[_Group],
        rehearsed: list[Example],
        plan: Plan,
    ) -> None:
        self._nlp, self._name, self._labels = nlp, name, labels
        self._groups, self._rehearsed, self._plan = groups, rehearsed, plan
        self._told: Callable[[float], object] = _unheard

    def run(self, found: dict[str, Marks], told: Callable[[float], object]) -> Taught:
        """Find the number of passes, and whether the pipeline gains; leaves nothing behind."""
        self._told = told
        batches = sum(1 for _ in _batches(self._groups))
        most = max(2, min(_MOST_PASSES, _UPDATES // max(1, batches)))
        losses = [0.0] * (most + 1)
        for fold in range(_FOLDS):
            learnt, left = self._fold(fold)
            part = self._new_part()
            losses[0] += _loss(part, left)
            for number, _ in enumerate(self._passes(part, learnt, most), start=1):
                losses[number] += _loss(part, left)
                self._told(0.6 * (fold + number / most) / _FOLDS)
            self._nlp.remove_pipe(self._name)
        best = min(range(most + 1), key=lambda number: losses[number])
        count = sum(len(one.examples) for one in self._groups)
        lessons = [one.lesson for one in self._groups]
        before = part_of(report_of(lessons, found), self._name).f1
        if not best:
            return Taught(self._name, count, 0, before, before, kept=False)
        score = part_of(report_of(lessons, self._tried(best)), self._name)
        # A mark or two more is chance.
        least = max(LEAST_GAIN, _BY_CHANCE / max(1.0, score.hit + score.missed))
        kept = score.f1 >= before + least
        return Taught(self._name, count, best, before, score.f1, kept)

    def _tried(self, passes: int) -> dict[str, Marks]:
        """What the pipeline finds in each text with a component that was not taught it."""
        found: dict[str, Marks] = {}
        for fold in range(_FOLDS):
            learnt, left = self._fold(fold)
            self._teach(learnt, passes)
            lessons = [one.lesson for one in left]
            begin = 0.6 + 0.4 * fold / _FOLDS
            self._told(begin)
            found |= found_in(self._nlp, lessons, _unheard)
            self._nlp.remove_pipe(self._name)
        return found

    def teach_all(self, passes: int) -> None:
        """Teach the component every text, and leave it in the pipeline."""
        self._teach(self._groups, passes)

    def _teach(self, groups: list[_Group], passes: int) -> None:
        part = self._new_part()
        for _ in self._passes(part, groups, passes):
            pass
        self._nlp.disable_pipe(self._name)  # the encoder asks it; alone it would only tag words

    def _fold(self, fold: int) -> tuple[list[_Group], list[_Group]]:
        every = list(enumerate(self._groups))
        return (
            [one for at, one in every if at % _FOLDS != fold],
            [one for at, one in every if at % _FOLDS == fold],
        )

    def _new_part(self) -> Any:
        """A component of spaCy's own with a layer over the frozen vectors, at its beginning."""
        judges = self._name == LEARNT_CLAIMS
        model = {"@architectures": WORTH if judges else TAGS, "head": self._name}
        kind = "textcat_multilabel" if judges else "tagger"
        part: Any = self._nlp.add_pipe(kind, name=self._name, config={"model": model})
        first = self._groups[0].examples[:1]
        part.initialize(lambda: first, nlp=self._nlp, labels=self._labels)
        return part

    def _passes(self, part: Any, groups: list[_Group], passes: int) -> Iterator[None]:
        from thinc.api import Adam

        plan = self._plan
        adam = Adam(learn_rate=plan.rate, L2=plan.decay, L2_is_weight_decay=True, grad_clip=1.0)
        dice = random.Random(plan.seed)
        order = [*groups, *(_Group(_NOBODYS, [one]) for one in self._rehearsed)]
        for _ in range(passes):
            dice.shuffle(order)
            for batch in _batches(order):
                part.update(batch, sgd=adam, losses={})
            yield


def _batches(groups: Sequence[_Group]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    size = 0
    for group in groups:
        for example in group.examples:
            batch.append(example)
            size += len(example.predicted)
            if size >= _TOKENS_A_BATCH:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _loss(part: Any, groups: Sequence[_Group]) -> float:
    """Cross-entropy over what was left out."""
    total = 0.0
    places = {label: at for at, label in enumerate(part.labels)}
    for batch in _batches(groups):
        scores = part.model.predict([example.predicted for example in batch])
        total += sum(
            _surprise(example, chances, places)
            for example, chances in zip(batch, scores, strict=True)
        )
    return total


def _surprise(example: Example, chances: Any, places: dict[str, int]) -> float:
    """Minus the logarithm of the right answers' chances."""
    import numpy as np

    answers = example.reference
    if WORTHY in answers.cats:
        chance = float(chances[0])
        right = [chance if answers.cats[WORTHY] else 1 - chance]
    else:
        right = [chances[t.i, places[t.tag_]] for t in answers if t.tag_]
    return float(-np.log(np.maximum(right, 1e-9)).sum())
