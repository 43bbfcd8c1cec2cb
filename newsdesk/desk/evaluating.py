"""Scores a pipeline, or predictions, against gold in any form that can be read or imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.desk.importing import ImportRefused
from newsdesk.desk.learning import imported_lessons
from newsdesk.desk.pipelines import suggester_of
from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    from newsdesk.suggest.evaluation import Report
    from newsdesk.suggest.scores import Marks


def evaluate_files(
    gold: Path, predicted: Path | None = None, pipeline: Path | None = None
) -> Report:
    """Score ``predicted`` against ``gold``, or the pipeline in a folder (else the one in use)
    where there are no predictions.

    Raises NewsdeskError where a file can't be read, gold holds no marks, or the two hold no text in
    common.
    """
    from newsdesk.suggest import evaluation

    for path in filter(None, (gold, predicted)):
        if not path.exists():
            raise NewsdeskError(f"There is no file {path}. Nothing was scored; name another.")
    wanted = marks_of(gold)
    if not any(
        one.entities or one.quotes or one.claims or one.worthy is not None for one in wanted
    ):
        raise NewsdeskError(
            f"In {gold.name} nobody marked anything, so there is nothing to score against. Nothing "
            "was scored. Accept or tag some annotations first: suggestions that wait don't count."
        )
    if predicted is not None:
        return evaluation.compare_texts(wanted, marks_of(predicted, with_proposed=True))
    return evaluation.evaluate(suggester_of(pipeline), wanted)


def marks_of(path: Path, *, with_proposed: bool = False) -> list[Marks]:
    """The marks of a file: a dataset, an open corpus's JSONL, or anything that can be imported."""
    from newsdesk.suggest import golds

    if path.suffix not in (".json", ".jsonl") or path.is_dir():
        return [one.marks for one in imported_lessons([path])]
    try:
        return list(golds.read_gold(path, with_proposed=with_proposed))
    except NewsdeskError as refused:
        try:
            found = [one.marks for one in imported_lessons([path])]
        except ImportRefused:
            raise refused from None
        if not found:
            raise refused from None
        return found
