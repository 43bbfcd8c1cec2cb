"""The whole recipe of the model card, from corpora to a pipeline's folder; can be taken up again.

PyTorch, safetensors and onnx (extra `train`) are imported when it runs.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsdesk.model import NewsdeskError
from newsdesk.settings import shipped
from newsdesk.suggest import evaluation, golds, pipeline
from newsdesk.suggest.golds import CLAIMS, ENTITIES, QUOTES
from newsdesk.suggest.golds import WORTHY as WORTHY_LAYER
from newsdesk.suggest.learning.answers import label_of, quote_spans, states, tagged
from newsdesk.suggest.learning.lessons import Lesson
from newsdesk.suggest.training import corpora
from newsdesk.suggest.training.examples import (
    NAME_LABELS,
    NOT_WORTHY,
    WORTHY,
    Example,
    clip,
    clip_ranges,
    cuts,
)
from newsdesk.suggest.training.invented import Inventor
from newsdesk.suggest.training.swapping import known_names, swapped

if TYPE_CHECKING:
    from newsdesk.suggest.evaluation import Report

Progress = Callable[[str, float], object]
DEV = (
    "ner_uner_ewt_dev.jsonl",
    "ner_gum_open_dev.jsonl",
    "ner_crossner_politics_dev.jsonl",
    "quotes_gum_open_dev.jsonl",
)


@dataclass(frozen=True, slots=True)
class Round:
    """One round: its share of the minutes, seed, rates, and what is done to the examples.

    `names_swapped` is the share of the examples that have other names all along; of `versions`
    with other names one is drawn anew in each pass.
    """

    share: float
    seed: int
    scale: float
    invented: int
    hidden: float
    averaged: bool
    names_swapped: float = 0.0
    versions: int = 0
    debates: float = 0.6


ROUNDS = (
    Round(0.42, 11, 1.0, 7_000, 0.0, averaged=True),
    Round(0.15, 12, 0.5, 9_000, 0.06, averaged=True, names_swapped=0.33),
    Round(0.07, 13, 0.25, 9_000, 0.05, averaged=False, names_swapped=0.30),
    Round(0.16, 61, 0.5, 6_000, 0.05, averaged=True, versions=2, debates=0.4),
    Round(0.20, 63, 0.5, 6_000, 0.05, averaged=True, versions=2, debates=0.25),
)
"""The rounds of the model card. In those with versions the vectors of the word pieces stay as they
are, and what the last rounds reached is merged."""
MERGED = 3
"""Rounds, counted from the last, whose weights are averaged at the end (Wortsman et al. 2022)."""
_NAMES_SEED, _SWAP_SEED = 7, 21
_VERSIONS = ((31, 0), (32, 41), (33, 42))
"""Seeds of the invented sentences and of the other names, for a version each."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The dev files' scores of the shipped pipeline and of the new one, by file."""

    before: dict[str, Report]
    after: dict[str, Report]

    @property
    def better(self) -> bool:
        """Whether names are better over all dev files together, and indirect quotes no worse."""
        return _mean(self.after) > _mean(self.before)

    def table(self) -> str:
        """The scores as a table in plain text."""
        lines = [f"{'F1 on the dev files':34}{'before':>8}{'after':>8}"]
        for name, old in self.before.items():
            for what, count in (("names", "names"), ("indirect quotes, words", "indirect_tokens")):
                a, b = getattr(old, count), getattr(self.after[name], count)
                if a.hit + a.missed:
                    title = f"{name.rpartition('.')[0].removeprefix('ner_')}, {what}"
                    lines.append(f"{title:34}{a.f1:8.3f}{b.f1:8.3f}")
        return "\n".join(lines)


def _mean(reports: dict[str, Report]) -> float:
    scores = [
        count.f1
        for one in reports.values()
        for count in (one.names, one.indirect_tokens)
        if count.hit + count.missed
    ]
    return sum(scores) / len(scores) if scores else 0.0


def run(
    folder: Path,
    start: Path,
    out: Path,
    progress: Progress,
    *,
    minutes: float = 123.0,
    more: Sequence[Example] = (),
) -> Outcome:
    """Train on the corpora in ``folder`` and on ``more``, and write a pipeline to ``out``.

    ``start`` is all-MiniLM-L6-v2's model.safetensors, or weights of an earlier run (.pt). What a
    run has reached is kept in ``out``'s sibling `….training`; a run that was cut off goes on from
    there. What ``progress`` raises ends it, and the next call goes on.

    Raises NewsdeskError where the extra is missing, or the corpora or the weights are.
    """
    recipe, export = _extra()
    if not start.is_file():
        raise NewsdeskError(f"There is no file {start} to start from. Nothing was trained.")
    try:
        examples = [*corpora.training_examples(folder), *more]
        dev = corpora.dev_examples(folder)
    except FileNotFoundError as error:
        raise NewsdeskError(
            f"The corpora in {folder} are incomplete: {Path(str(error.filename)).name} is missing. "
            "Nothing was trained. The model card names them and where they come from."
        ) from error
    room = out.absolute().with_name(out.name + ".training")
    room.mkdir(parents=True, exist_ok=True)
    weights = _rounds(recipe, examples, start, room, progress, minutes)
    progress("Writing", 0.95)
    _write(export, weights, dev, room, out)
    progress("Scoring", 0.97)
    outcome = Outcome(_scores(folder, None), _scores(folder, out))
    shutil.rmtree(room)
    return outcome


def examples_of(lesson: Lesson) -> list[Example]:
    """An annotated text as examples, a sentence each, for every head that people said something
    about: names, indirect quotes and worth of a check. Where they didn't, it stays unknown."""
    marks = lesson.marks
    names = [
        (one.start, one.end, label)
        for one in marks.entities
        if (label := label_of(one.label)) is not None and label in NAME_LABELS
    ]
    bounds = cuts(marks.text, names)
    told, left = quote_spans(marks, bounds)
    quotes = tagged(told)
    blind = [
        (start, end)
        for start, end, _ in left
        if all(end <= first or last <= start for first, last, _ in quotes)
    ]
    found = []
    for start, end in bounds:
        known = lesson.knows(ENTITIES, start, end)
        heard = lesson.knows(QUOTES, start, end)
        example = Example(
            marks.text[start:end],
            "desk",
            clip(names, start, end) if known else None,
            clip(quotes, start, end) if heard else None,
            clip_ranges(blind, start, end),
            _worth(lesson, start, end),
        )
        if known or heard or example.claim >= 0:
            found.append(example)
    return found


def _worth(lesson: Lesson, start: int, end: int) -> int:
    """Whether people call a sentence worth a check; -1 where they didn't say."""
    if WORTHY_LAYER in lesson.marks.layers:
        return WORTHY if lesson.marks.worthy else NOT_WORTHY
    if not lesson.knows(CLAIMS, start, end):
        return -1
    stated = any(states(start, end, claim) for claim in lesson.marks.claims)
    return WORTHY if stated else NOT_WORTHY


def _extra() -> tuple[Any, Any]:
    try:
        from newsdesk.suggest.training import export, recipe
    except ImportError as error:
        raise NewsdeskError(
            "Training the network needs the extra “train”: pip install newsdesk[train]. Nothing "
            "was trained. Without it, leave --full out: your annotations are learnt on top."
        ) from error
    return recipe, export


def _rounds(
    recipe: Any,
    examples: list[Example],
    start: Path,
    room: Path,
    progress: Progress,
    minutes: float,
) -> Path:
    """The rounds that are not done yet; each begins from the weights of the one before. Gives
    the merged weights of the last ones."""
    tokenizer = _tokenizer()
    begun = 0.0
    reached = []
    for number, one in enumerate(ROUNDS, start=1):
        keep = room / f"round{number}.pt"
        if not keep.is_file():

            def told(step: Any, at: float = begun, share: float = one.share) -> bool:
                progress("Training", 0.02 + 0.92 * (at + share * min(1.0, step.done)))
                return bool(recipe.finite(step))

            told(recipe.Step(0.0, 0.0, 0.0, 0.0))
            fresh = room / "fresh.pt"
            first, *others = _prepared(examples, one)
            recipe.train(
                first, tokenizer, start, fresh, _plan(recipe, one, minutes), told,
                room / "state.pt", others,
            )  # fmt: skip
            fresh.replace(keep)
        reached.append(keep)
        start, begun = keep, begun + one.share
    recipe.merge(reached[-MERGED:], room / "merged.pt")
    return room / "merged.pt"


def _plan(recipe: Any, one: Round, minutes: float) -> Any:
    return recipe.Plan(
        minutes=minutes * one.share,
        seed=one.seed,
        scale=one.scale,
        averaged=one.averaged,
        hidden_pieces=one.hidden,
        debates=one.debates,
        words_frozen=one.versions > 0,
    )


def _prepared(examples: list[Example], one: Round) -> list[list[Example]]:
    """The examples of a round: some names swapped, and invented sentences; then the same with
    other names, once for each version."""
    known = known_names(examples)
    if one.versions:
        return [
            [
                *(swapped(examples, known, other) if other else examples),
                *Inventor(seed, known).examples(one.invented),
            ]
            for seed, other in _VERSIONS[: one.versions + 1]
        ]
    told = examples
    if one.names_swapped:
        whole = swapped(examples, known, _SWAP_SEED)
        every = max(1, round(1 / one.names_swapped))
        told = [
            b if at % every == 0 else a
            for at, (a, b) in enumerate(zip(examples, whole, strict=True))
        ]
    return [[*told, *Inventor(_NAMES_SEED, known).examples(one.invented)]]


def _tokenizer() -> Path:
    return shipped("resources", "models", pipeline.NAME) / pipeline.ENCODER / "tokenizer.json"


def _write(
    export: Any, weights: Path, dev: dict[str, list[Example]], room: Path, out: Path
) -> None:
    from newsdesk.suggest.encoder import Encoder
    from newsdesk.suggest.training.calibrate import curves

    parts = room / "parts"
    parts.mkdir(exist_ok=True)
    floats, network = room / "floats.onnx", parts / "encoder.onnx"
    export.export_network(weights, floats)
    export.quantise(floats, network)
    shutil.copyfile(_tokenizer(), parts / "tokenizer.json")
    own = shipped("resources", "models", pipeline.NAME) / pipeline.ENCODER / "encoder.json"
    shutil.copyfile(own, parts / "encoder.json")
    found = curves(Encoder(parts), dev)
    meta = json.loads(
        (shipped("resources", "models", pipeline.NAME) / "meta.json").read_text("utf-8")
    )
    meta = {key: meta[key] for key in ("name", "description", "author", "license")}
    fresh = room / "pipeline"
    export.write_pipeline(
        network, _tokenizer(), found, fresh, {**meta, "version": "1.0.0+full", MADE_BY: {}}
    )
    if out.exists():
        shutil.rmtree(out)
    fresh.replace(out)


MADE_BY = "newsdesk_trained"
"""The key of meta.json that says that a training wrote a folder, and may replace it."""


def _scores(folder: Path, out: Path | None) -> dict[str, Report]:
    from newsdesk.suggest.suggester import folder_suggester, own_suggester

    suggester = folder_suggester(out) if out else own_suggester()
    return {
        name: evaluation.evaluate(suggester, golds.read_gold(folder / name))
        for name in DEV
        if (folder / name).is_file()
    }
