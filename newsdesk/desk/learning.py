"""Trains a pipeline on what a desk, or a dataset, has accepted, beside the one in use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from newsdesk.desk.desk import Desk
from newsdesk.desk.pipelines import chosen
from newsdesk.model import (
    Annotation,
    Article,
    ArticleStatus,
    Attribution,
    Label,
    Layer,
    NewsdeskError,
    Span,
    Status,
)
from newsdesk.suggest.golds import CLAIMS, ENTITIES, QUOTES, is_corpus, read_gold
from newsdesk.suggest.learning.lessons import Lesson
from newsdesk.suggest.scores import ClaimMark, EntityMark, Marks, QuoteMark, Range
from newsdesk.suggest.sentences import sentences

if TYPE_CHECKING:
    from newsdesk.suggest.learning.report import TrainingReport
    from newsdesk.suggest.training.whole import Outcome

Progress = Callable[[str, float], object]

_LAYERS = {Layer.ENTITY: ENTITIES, Layer.QUOTE: QUOTES, Layer.CLAIM: CLAIMS}
_DONE = (ArticleStatus.ANNOTATED, ArticleStatus.REVIEWED)


def train(
    desk: Desk | str | Path,
    out: str | Path,
    progress: Progress | None = None,
    *,
    pipeline: str | Path | None = None,
) -> TrainingReport:
    """Train a pipeline on the desk's accepted annotations and write it to the folder ``out``.

    ``desk`` may be the place of one, so that this can run in a process of its own; nothing on it
    is changed, nor which pipeline is in use. ``pipeline`` is the folder to begin from, else
    Newsdesk's own. A quarter of the articles is held out; the report has the scores on these,
    before and after. ``progress`` is told what is done and how far (0 to 1); what it raises ends
    the training, and nothing is written.

    Raises NewsdeskError where there is too little to learn from, or ``out`` holds other files.
    """
    if isinstance(desk, Desk):
        lessons = list(lessons_of(desk))
    else:
        from newsdesk.desk import open_desk

        opened = open_desk(str(desk), "training")
        try:
            lessons = list(lessons_of(opened))
        finally:
            opened.close()
    return _learn(lessons, out, progress, pipeline)


def train_on_files(
    paths: Sequence[Path],
    out: str | Path,
    progress: Progress | None = None,
    *,
    pipeline: str | Path | None = None,
) -> TrainingReport:
    """The same on annotated files: whatever can be imported, and the JSONL of open corpora.

    Their articles count as annotated to the end. Raises NewsdeskError as `train` does, and where a
    file can't be read.
    """
    return _learn(list(lessons_of_files(paths)), out, progress, pipeline)


def _learn(
    lessons: list[Lesson],
    out: str | Path,
    progress: Progress | None,
    pipeline: str | Path | None,
) -> TrainingReport:
    from newsdesk.suggest.learning.course import learn

    _check_unused(Path(out))
    try:
        return learn(
            lessons,
            Path(out),
            progress or (lambda what, done: None),
            base=Path(pipeline) if pipeline else None,
        )
    except MemoryError as error:
        raise NewsdeskError(
            "There is not enough memory for this training. Nothing was changed. Close other "
            "programs, or train on fewer articles."
        ) from error


def _check_unused(out: Path) -> None:
    """Raise NewsdeskError where suggestions come from a folder: it is pinned as it is."""
    folder, _ = chosen()
    if folder is not None and folder.resolve() == out.resolve():
        raise NewsdeskError(
            f"Suggestions come from {out.name} at present. Nothing was trained or overwritten. "
            "Name another folder for the new pipeline."
        )


def train_fully(
    corpora: Path,
    start: Path,
    out: Path,
    progress: Progress,
    *,
    data: Sequence[Path] = (),
    minutes: float = 123.0,
) -> Outcome:
    """Train the network itself, by the recipe of the model card, on the open corpora in a folder
    and on annotated files beside them; needs the extra “train”.

    Takes up a run that was cut off. Raises NewsdeskError as `newsdesk.suggest.training.whole.run`
    does, and where ``out`` holds other files.
    """
    from newsdesk.suggest.learning.course import check_room
    from newsdesk.suggest.training import whole

    check_room(out)
    _check_unused(out)
    more = [one for lesson in lessons_of_files(data) for one in whole.examples_of(lesson)]
    return whole.run(corpora, start, out, progress, minutes=minutes, more=more)


def lessons_of_files(paths: Iterable[Path]) -> Iterator[Lesson]:
    """Annotated files as lessons."""
    rest: list[Path] = []
    for path in paths:
        if not path.exists():
            raise NewsdeskError(f"There is no file {path}. Nothing was trained; name another.")
        if path.is_file() and is_corpus(path):
            for number, marks in enumerate(read_gold(path)):
                yield Lesson(f"{path.name} {number}", marks)
        else:
            rest.append(path)
    if rest:
        yield from imported_lessons(rest)


def imported_lessons(paths: Sequence[Path]) -> list[Lesson]:
    """What an import of files gives, as lessons; it goes through a desk that is thrown away."""
    with TemporaryDirectory() as folder:
        return list(_imported(Path(folder) / "files.desk", paths))


def _imported(place: Path, paths: Sequence[Path]) -> Iterator[Lesson]:
    from newsdesk.desk import create_desk
    from newsdesk.desk.codebooks import use_codebook
    from newsdesk.desk.importing import import_files
    from newsdesk.suggest.suggester import codebook_label

    desk = create_desk(place, "training")
    try:
        use_codebook(desk)
        import_files(desk, paths, duplicates="add")
        for lesson in lessons_of(desk, complete=True):
            marks = lesson.marks
            named = (replace(one, label=codebook_label(one.label)) for one in marks.entities)
            yield replace(lesson, marks=replace(marks, entities=tuple(named)))
    finally:
        desk.close()


def lessons_of(desk: Desk, *, complete: bool = False) -> Iterator[Lesson]:
    """The desk's articles as lessons, streaming.

    In an article that is annotated or reviewed, what is not marked is none. In any other, only
    sentences in which somebody decided something are learnt from, layer by layer. Suggestions
    that wait say nothing. ``complete`` counts every article as done.
    """
    labels = {one.id: one for one in desk.codebook(retired=True)}
    used = _used(desk, labels)
    every = (Status.ACCEPTED, Status.PROPOSED, Status.REJECTED)
    for article, marks, ties in desk.annotated_articles(statuses=every):
        if any(mark.status is not Status.PROPOSED for mark in marks):
            yield _lesson(article, marks, ties, labels, used, complete)


def _used(desk: Desk, labels: dict[str, Label]) -> frozenset[str]:
    """The layers in which anything was accepted: where nothing was, nothing was looked for."""
    return frozenset(
        name
        for layer, name in _LAYERS.items()
        if (ids := [one.id for one in labels.values() if one.layer is layer])
        and desk.count(Annotation, label=ids, status=Status.ACCEPTED)
    )


def _lesson(
    article: Article,
    marks: list[Annotation],
    ties: list[Attribution],
    labels: dict[str, Label],
    used: frozenset[str],
    complete: bool,
) -> Lesson:
    accepted = {one.id: one for one in marks if one.status is Status.ACCEPTED}
    said = {tie.content: tie for tie in sorted(ties, key=lambda tie: -tie.hop)}
    entities, quotes, claims = [], [], []
    for mark in accepted.values():
        layer, outer = labels[mark.label].layer, mark.outer
        if layer is Layer.ENTITY:
            entities.append(EntityMark(outer.start, outer.end, labels[mark.label].name))
        elif layer is Layer.CLAIM:
            claims.append(ClaimMark(outer.start, outer.end))
        elif layer is Layer.QUOTE:
            quotes.append(_quote(mark, said.get(mark.id), accepted))
    kept = Marks(article.text, tuple(entities), tuple(quotes), tuple(claims), used)
    done = complete or article.status in _DONE
    waiting = _ranges(marks, labels, (Status.PROPOSED,))
    if done:
        return Lesson(article.id, kept, None, waiting)
    return Lesson(article.id, kept, _seen(article.text, marks, labels), waiting)


def _quote(mark: Annotation, tie: Attribution | None, accepted: dict[str, Annotation]) -> QuoteMark:
    def span_of(id: str | None) -> Range | None:
        found = accepted.get(id) if id else None
        return (found.outer.start, found.outer.end) if found else None

    if tie is None:
        return QuoteMark(tuple(mark.spans), "direct")
    return QuoteMark(
        tuple(mark.spans),
        str(tie.manner or "direct"),
        span_of(tie.source_mention),
        span_of(tie.cue),
    )


def _ranges(
    marks: Iterable[Annotation], labels: dict[str, Label], statuses: Sequence[Status]
) -> dict[str, list[Range]]:
    found: dict[str, list[Range]] = {}
    for mark in marks:
        layer = _LAYERS.get(labels[mark.label].layer)
        if layer is not None and mark.status in statuses:
            found.setdefault(layer, []).append((mark.outer.start, mark.outer.end))
    return found


def _seen(
    text: str, marks: Iterable[Annotation], labels: dict[str, Label]
) -> dict[str, list[Range]]:
    """The sentences in which somebody decided something, by layer."""
    decided = _ranges(marks, labels, (Status.ACCEPTED, Status.REJECTED))
    cuts = [Span(start, end) for start, end in sentences(text)]
    return {
        layer: [cut for cut in cuts if any(cut.overlaps(Span(*one)) for one in ranges)]
        for layer, ranges in decided.items()
    }
