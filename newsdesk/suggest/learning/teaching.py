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

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

Progress = Callable[[str, float], object]
"""Told what is done and how far, 0 to 1; what it raises ends the training."""

_FOLDS = 3
_MOST_PASSES = 24
_UPDATES = 1_500  # of one component in one fold; more texts get fewer passes
_TOKENS_A_BATCH = 600


@dataclass(frozen=True, slots=True)
class Plan:
    """How fast to learn: `rate` of Adam, `decay` of the corrections towards nothing."""

    seed: int = 7
    rate: float = 0.001
    decay: float = 0.01


@dataclass(frozen=True, slots=True)
class Taught:
    """What became of one component: examples, the passes that were best for texts that it had not
    learnt from (0: nothing was learnt), and its loss on these, before and after."""

    name: str
    examples: int
    passes: int
    before: float
    after: float


def teach(nlp: Language, lessons: Sequence[Lesson], plan: Plan, progress: Progress) -> list[Taught]:
    """Add to ``nlp`` the components that learn something from ``lessons``.

    How many passes are made is found by leaving out a third of the texts at a time: a component
    that does no better on these is left away.
    """
    examples, labels = _examples(nlp, lessons, progress)
    for name in LEARNT:
        if name in nlp.component_names:
            nlp.remove_pipe(name)
    outcome = []
    for at, (name, groups) in enumerate(examples.items()):
        told = _Told(progress, name, at / len(examples), 1 / len(examples))
        outcome.append(_taught(nlp, name, labels[name], groups, plan, told))
    return outcome


@dataclass(frozen=True, slots=True)
class _Told:
    """A share of the whole progress."""

    progress: Progress
    name: str
    begin: float
    share: float

    def __call__(self, done: float) -> None:
        self.progress("Learning", 0.4 + 0.6 * (self.begin + self.share * done))


Group = list["Example"]
"""The examples of one text: they stay together, learnt from or left out."""


def _examples(
    nlp: Language, lessons: Sequence[Lesson], progress: Progress
) -> tuple[dict[str, list[Group]], dict[str, list[str]]]:
    encoder = pipeline.encoder_of(nlp)
    tags = name_tags(encoder.name_tags, lessons)
    heard = frozenset(
        label for one in lessons for m in one.marks.entities if (label := label_of(m.label))
    )
    found: dict[str, list[Group]] = {name: [] for name in LEARNT}
    for at, lesson in enumerate(lessons):
        progress("Reading", 0.4 * at / len(lessons))
        one = read(nlp, encoder, lesson)
        if not len(one.doc):
            continue
        found[LEARNT_NAMES].append([names_example(one, tags, heard)])
        found[LEARNT_QUOTES].append([quotes_example(one)])
        found[LEARNT_CLAIMS].append(list(claim_examples(one)))
    labels = {
        LEARNT_NAMES: tags,
        LEARNT_QUOTES: list(encoder.quote_tags),
        LEARNT_CLAIMS: [WORTHY],
    }
    known = {
        name: [kept for group in groups if (kept := [e for e in group if _says(e, name)])]
        for name, groups in found.items()
    }
    return {name: groups for name, groups in known.items() if len(groups) >= _FOLDS}, labels


def _says(example: Example, name: str) -> bool:
    """Whether an example holds any answer at all, and not only "nothing here" in passing."""
    if name == LEARNT_CLAIMS:
        return True
    return any(token.tag_ for token in example.reference)


def _taught(
    nlp: Language,
    name: str,
    labels: Sequence[str],
    groups: list[Group],
    plan: Plan,
    told: _Told,
) -> Taught:
    passes = max(2, min(_MOST_PASSES, _UPDATES // max(1, _batch_count(groups))))
    losses = [0.0] * (passes + 1)
    for fold in range(_FOLDS):
        learnt = [g for at, g in enumerate(groups) if at % _FOLDS != fold]
        left = [g for at, g in enumerate(groups) if at % _FOLDS == fold]
        part = _new_part(nlp, name, labels, groups)
        losses[0] += _loss(part, left)
        for number, _ in enumerate(_passes(part, learnt, passes, plan), start=1):
            losses[number] += _loss(part, left)
            told((fold + number / passes) / (_FOLDS + 1))
        nlp.remove_pipe(name)
    best = min(range(passes + 1), key=lambda number: losses[number])
    if best:
        part = _new_part(nlp, name, labels, groups)
        for number, _ in enumerate(_passes(part, groups, best, plan), start=1):
            told((_FOLDS + number / best) / (_FOLDS + 1))
        nlp.disable_pipe(name)  # the encoder asks it; on its own it would only tag words
    count = sum(map(len, groups))
    return Taught(name, count, best, losses[0], losses[best])


def _new_part(nlp: Language, name: str, labels: Sequence[str], groups: list[Group]) -> Any:
    """A component of spaCy's own with a layer over the frozen vectors, at its beginning."""
    kind, layer = ("tagger", TAGS) if name != LEARNT_CLAIMS else ("textcat_multilabel", WORTH)
    model = {"@architectures": layer, "head": name}
    part: Any = nlp.add_pipe(kind, name=name, config={"model": model})
    part.initialize(lambda: groups[0][:1], nlp=nlp, labels=labels)
    return part


def _passes(part: Any, groups: list[Group], passes: int, plan: Plan) -> Iterator[None]:
    from thinc.api import Adam

    adam = Adam(learn_rate=plan.rate, L2=plan.decay, L2_is_weight_decay=True, grad_clip=1.0)
    dice = random.Random(plan.seed)
    order = list(groups)
    for _ in range(passes):
        dice.shuffle(order)
        for batch in _batches(order):
            part.update(batch, sgd=adam, losses={})
        yield


def _batches(groups: Sequence[Group]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    size = 0
    for group in groups:
        for example in group:
            batch.append(example)
            size += len(example.predicted)
            if size >= _TOKENS_A_BATCH:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _batch_count(groups: Sequence[Group]) -> int:
    return sum(1 for _ in _batches(groups))


def _loss(part: Any, groups: Sequence[Group]) -> float:
    """Cross-entropy over what was left out."""
    import numpy as np

    total = 0.0
    for batch in _batches(groups):
        scores = part.model.predict([example.predicted for example in batch])
        for example, chances in zip(batch, scores, strict=True):
            if WORTHY in example.reference.cats:
                chance = float(chances[0])
                right = chance if example.reference.cats[WORTHY] else 1 - chance
                total -= float(np.log(max(right, 1e-9)))
                continue
            places = {label: at for at, label in enumerate(part.labels)}
            tags = [(t.i, places[t.tag_]) for t in example.reference if t.tag_]
            if tags:
                rows, columns = zip(*tags, strict=True)
                right_ones = chances[list(rows), list(columns)]
                total -= float(np.log(np.maximum(right_ones, 1e-9)).sum())
    return total
