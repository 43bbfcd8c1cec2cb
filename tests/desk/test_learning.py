"""What of a desk is learnt from, and what comes of it."""

import json
import random
from pathlib import Path

import pytest

from newsdesk.desk.annotating import annotate, reject
from newsdesk.desk.articles import set_status
from newsdesk.desk.attributing import mark_quote
from newsdesk.desk.evaluating import evaluate_files, marks_of
from newsdesk.desk.learning import lessons_of, lessons_of_files, train, train_fully, train_on_files
from newsdesk.desk.pipelines import chosen, suggester_of, use_pipeline
from newsdesk.model import (
    ArticleStatus,
    Label,
    Layer,
    Manner,
    NewsdeskError,
    Span,
    Status,
    new_article,
)
from newsdesk.settings import load_preferences, shipped
from newsdesk.suggest.scores import QuoteMark

OWN = shipped("resources", "models", "en_newsdesk")
SHIPS = "Amber Crane Dovrefell Estuary Fulmar Gannet Heron Islay Juno Kestrel".split()


def at(article, words):
    start = article.text.index(words)
    return Span(start, start + len(words))


@pytest.fixture(autouse=True, scope="module")
def few_passes():
    """A test needs no more than a beginner's training."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsdesk.suggest.learning.teaching._MOST_PASSES", 8)
        patch.setattr("newsdesk.suggest.learning.answers._REHEARSED", 40)
        yield


@pytest.fixture
def ships(desk):
    """A fleet that a newsroom marked, on articles that are annotated to the end."""
    dice = random.Random(2)
    with desk.change("Ships"):
        label = desk.put(Label(name="SHIP", layer=Layer.ENTITY))
        for number in range(14):
            names = [f"MV {dice.choice(SHIPS)} {number}{part}" for part in "XYZW"]
            begins = ("The crew of the", "On Monday the", "A tug met the", "Smoke rose from the")
            text = " ".join(f"{a} {b} in the lock." for a, b in zip(begins, names, strict=True))
            article = desk.put(new_article(text, status=ArticleStatus.ANNOTATED))
            for name in names:
                annotate(desk, article, label, [at(article, name)])
    return desk


def test_marks_decisions_and_what_waits_become_lessons(desk, article):
    name, claim = desk.label("PERSON"), desk.label("CLAIM")
    annotate(desk, article, name, [at(article, "Ada Lovelace")])
    wrong = annotate(
        desk, article, desk.label("ORG"), [at(article, "The Times")], status=Status.PROPOSED
    )
    annotate(desk, article, name, [Span(79, 82)], status=Status.PROPOSED)
    (lesson,) = lessons_of(desk)
    assert [(m.start, m.end, m.label) for m in lesson.marks.entities] == [(0, 12, "PERSON")]
    assert lesson.marks.layers == {"entities"}, "nobody looked for quotes or claims"
    assert lesson.knows("entities", 13, 17)
    assert not lesson.knows("entities", 51, 60), "a suggestion waits"
    reject(desk, [wrong])
    (lesson,) = lessons_of(desk)
    assert lesson.knows("entities", 51, 60), "it was rejected: there is none"
    assert not lesson.knows("entities", 79, 82)
    annotate(desk, article, claim, [at(article, "The Times reported it.")])
    set_status(desk, article.id, ArticleStatus.REVIEWED)
    (lesson,) = lessons_of(desk)
    assert lesson.seen is None
    assert lesson.knows("claims", 76, 80)
    assert len(lesson.marks.claims) == 1


def test_quotes_come_with_speaker_and_cue(desk, article):
    mark_quote(
        desk, article, [at(article, "It can do")], speaker=at(article, "Ada Lovelace"),
        cue=at(article, "said"), manner=Manner.INDIRECT,
    )  # fmt: skip
    (lesson,) = lessons_of(desk)
    assert lesson.marks.quotes == (QuoteMark(((20, 29),), "indirect", (0, 12), (13, 17)),)


def test_a_desk_teaches_a_pipeline_by_its_place(ships, tmp_path):
    seen = []
    place = tmp_path / "a.desk"
    report = train(place, tmp_path / "out", lambda what, done: seen.append(what))
    assert report.better
    assert set(seen) == {"Scoring", "Reading", "Learning", "Writing"}
    assert not next(iter(ships.log())).title.startswith("Train"), "nothing changed on the desk"
    assert chosen() == (None, None), "nor what is in use"
    assert use_pipeline(tmp_path / "out", digest=report.digest).digest == report.digest
    assert chosen() == (tmp_path / "out", report.digest)
    assert "+desk" in suggester_of().name
    with pytest.raises(NewsdeskError, match="Suggestions come from out at present"):
        train(ships, tmp_path / "out")
    (tmp_path / "out" / "meta.json").write_text("{}")
    with pytest.raises(NewsdeskError, match="has changed since"):
        suggester_of()
    use_pipeline(None)
    assert suggester_of().name == "en_newsdesk 1.0.0"
    assert suggester_of(OWN).name == "en_newsdesk 1.0.0"


def test_three_examples_are_refused(desk, article, tmp_path):
    annotate(desk, article, desk.label("PERSON"), [at(article, "Ada Lovelace")])
    with pytest.raises(NewsdeskError, match=r"1 accepted annotations in 1 articles\. At least 50"):
        train(desk, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_lack_of_memory_is_said(ships, tmp_path, monkeypatch):
    def full(*_):
        raise MemoryError

    monkeypatch.setattr("newsdesk.suggest.learning.course.teach", full)
    with pytest.raises(NewsdeskError, match="not enough memory"):
        train(ships, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_files_of_any_kind_are_lessons_and_gold(tmp_path: Path):
    corpus = tmp_path / "corpus.jsonl"
    span = {"start": 0, "end": 9, "label": "PERSON"}
    corpus.write_text(json.dumps({"text": "Anna Berg left.", "spans": [span]}) + "\n")
    conll = tmp_path / "a.conll"
    conll.write_text("Anna\tB-PER\nBerg\tI-PER\nleft\tO\n.\tO\n\nNobody\tO\ncame\tO\n.\tO\n")
    lessons = list(lessons_of_files([corpus, conll]))
    assert [m.label for one in lessons for m in one.marks.entities] == ["PERSON", "PERSON"]
    for path in (corpus, conll):
        report = evaluate_files(path)
        assert report.entities["PERSON"].f1 == 1.0
    assert evaluate_files(conll, conll).entities["PERSON"].hit == 1
    with pytest.raises(NewsdeskError, match="There is no file"):
        list(lessons_of_files([tmp_path / "none.json"]))
    with pytest.raises(NewsdeskError, match="too little"):
        train_on_files([corpus], tmp_path / "out")
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(NewsdeskError, match="can't be read"):
        marks_of(tmp_path / "x.json")


def test_a_folder_that_may_not_be_loaded_is_not_chosen(tmp_path):
    preferences = tmp_path / "preferences.json"
    with pytest.raises(NewsdeskError):
        use_pipeline(tmp_path, preferences)
    use_pipeline(OWN, preferences)
    known, _ = load_preferences(preferences)
    assert (known.pipeline, len(known.pipeline_sha256)) == (str(OWN), 64)
    preferences.write_text("{")
    with pytest.raises(NewsdeskError, match="was not changed"):
        use_pipeline(OWN, preferences)


def test_full_training_says_what_it_needs(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "torch", None)
    with pytest.raises(NewsdeskError, match="needs the extra “train”"):
        train_fully(tmp_path, tmp_path / "model.safetensors", tmp_path / "out", lambda *_: None)
    (tmp_path / "notes.txt").write_text("kept")
    with pytest.raises(NewsdeskError, match="other files"):
        train_fully(tmp_path, tmp_path / "model.safetensors", tmp_path, lambda *_: None)
