"""A whole training on a laptop: hold texts out, teach, score before and after, write the folder."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsdesk.model import NewsdeskError
from newsdesk.settings import shipped
from newsdesk.suggest import pipeline
from newsdesk.suggest.learning.lessons import Lesson, check_enough, parted
from newsdesk.suggest.learning.report import TrainingReport, is_better, rows_of
from newsdesk.suggest.learning.scoring import found_in, report_of
from newsdesk.suggest.learning.teaching import Plan, Progress, teach
from newsdesk.suggest.loading import check_folder, digest_of, open_folder

if TYPE_CHECKING:
    from spacy.language import Language

MADE_BY = "newsdesk_trained"
"""The key of meta.json that says that a folder was written by a training, and may be replaced."""
SPACY_RANGE = ">=3.8.0,<3.9.0"


def learn(
    lessons: Sequence[Lesson],
    out: Path,
    progress: Progress,
    *,
    base: Path | None = None,
    plan: Plan | None = None,
) -> TrainingReport:
    """Teach a pipeline (``base``, else the shipped one) and write it to ``out``.

    Raises NewsdeskError where there is too little to learn from, ``out`` holds something else, or
    the base has no network to learn on; nothing is written then, nor where `progress` raises.
    """
    began = time.monotonic()
    lessons = [one for one in lessons if one.marks.layers and one.marks.text.strip()]
    check_enough(lessons)
    check_room(out)
    nlp = _opened(base)
    learning, held = parted(lessons)
    found = found_in(nlp, held, lambda done: progress("Scoring", 0.08 * done))
    before = report_of(held, found)
    parts = teach(nlp, learning, plan or Plan(), lambda what, done: progress(what, _at(done)))
    found = found_in(nlp, held, lambda done: progress("Scoring", 0.9 + 0.08 * done))
    after = report_of(held, found)
    rows, better = rows_of(before, after), is_better(before, after)
    _name(nlp, [one.name for one in parts if one.kept], len(learning))
    progress("Writing", 0.99)
    write_folder(nlp, out)
    return TrainingReport(
        str(out),
        digest_of(out),
        len(learning),
        len(held),
        sum(one.size for one in learning),
        rows,
        better,
        time.monotonic() - began,
        tuple(parts),
    )


def _at(done: float) -> float:
    return 0.08 + 0.82 * done


def check_room(out: Path) -> None:
    """Raise NewsdeskError where a folder holds anything but a pipeline that a training wrote."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    try:
        meta = json.loads((out / "meta.json").read_text(encoding="utf-8"))
        ours = bool(meta.get(MADE_BY))
    except (OSError, ValueError, AttributeError):
        ours = False
    if not ours:
        raise NewsdeskError(
            f"{out.name} holds other files already. Nothing was trained or overwritten. Name a new "
            "or an empty folder."
        )


def _opened(base: Path | None) -> Language:
    nlp = open_folder(base or shipped("resources", "models", pipeline.NAME))
    if pipeline.ENCODER not in nlp.pipe_names or not pipeline.encoder_of(nlp).gives_vectors:
        raise NewsdeskError(
            "This pipeline has no network of Newsdesk's that gives vectors, so nothing can be "
            "learnt on top of it. Nothing was changed. Train on Newsdesk's own pipeline."
        )
    return nlp


def _name(nlp: Language, parts: Sequence[str], texts: int) -> None:
    """Say in the meta data what the pipeline is: its version gets what it was trained on."""
    meta: dict[str, Any] = nlp.meta
    version = str(meta.get("version", "1.0.0")).partition("+")[0]
    meta["version"] = f"{version}+desk.{texts}"
    meta[MADE_BY] = {"texts": texts, "parts": list(parts)}


def write_folder(nlp: Language, out: Path) -> None:
    """Write a pipeline whole or not at all, over one that stood there; it passes `check_folder`."""
    out = out.absolute()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as scratch:
        fresh = Path(scratch) / "new"
        nlp.to_disk(fresh, exclude=["vocab"])
        _describe(fresh)
        check_folder(fresh)
        if out.exists():
            out.rename(Path(scratch) / "old")
        fresh.rename(out)


def _describe(folder: Path) -> None:
    file = folder / "meta.json"
    meta = json.loads(file.read_text(encoding="utf-8"))
    meta["spacy_version"] = SPACY_RANGE
    meta.pop("spacy_git_version", None)
    file.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    card = shipped("resources", "models", pipeline.NAME) / "README.md"
    shutil.copyfile(card, folder / "README.base.md")
