"""Learning on the frozen network: what is learnt from, how, and what is written."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsdesk.model import Layer, NewsdeskError
from newsdesk.settings import shipped
from newsdesk.suggest import golds, pipeline
from newsdesk.suggest.evaluation import Report
from newsdesk.suggest.golds import CLAIMS, ENTITIES, QUOTES
from newsdesk.suggest.learning import answers, course, layers
from newsdesk.suggest.learning.lessons import Lesson, check_enough, parted
from newsdesk.suggest.learning.report import TrainingReport, is_better, rows_of
from newsdesk.suggest.learning.scoring import found_in
from newsdesk.suggest.loading import check_folder, open_folder
from newsdesk.suggest.scores import ClaimMark, Count, EntityMark, Marks, QuoteMark
from newsdesk.suggest.suggester import PipelineSuggester, folder_suggester

SHIPS = "Amber Crane Dovrefell Estuary Fulmar Gannet Heron Islay Juno Kestrel Lark Merlin".split()
PLACES = "harbour quay lock basin".split()


def ship_lessons(count: int = 24, seed: int = 3) -> list[Lesson]:
    """Texts in which a label that the network never heard of is easy to see."""
    dice = random.Random(seed)
    found = []
    for number in range(count):
        text, marks = "", []
        for _ in range(4):
            name = f"MV {dice.choice(SHIPS)} {dice.choice(SHIPS)}"
            begin = dice.choice(["The crew of the ", "On Monday the ", "A tug met the "])
            marks.append(
                EntityMark(len(text) + len(begin), len(text) + len(begin) + len(name), "SHIP")
            )
            text += f"{begin}{name} in the {dice.choice(PLACES)}. "
        found.append(Lesson(f"ship {number}", Marks(text, tuple(marks), layers=LAYER)))
    return found


LAYER = frozenset({ENTITIES})


@pytest.fixture(autouse=True, scope="module")
def few_passes() -> Iterator[None]:
    """A test needs no more than a beginner's training."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsdesk.suggest.learning.teaching._MOST_PASSES", 8)
        patch.setattr("newsdesk.suggest.learning.answers._REHEARSED", 40)
        yield


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[TrainingReport, Path, list[Any]]:
    told: list[Any] = []
    folder = tmp_path_factory.mktemp("trained") / "ships"
    report = course.learn(ship_lessons(), folder, lambda what, done: told.append((what, done)))
    return report, folder, told


def test_a_new_label_is_learnt_and_scored_on_what_was_held_out(trained: Any) -> None:
    report, folder, told = trained
    assert report.better
    assert report.learnt + report.held_out == 24
    (row,) = [one for one in report.rows if one.label == "SHIP"]
    assert row.before == (0.0, 0.0, 0.0)
    assert row.after[2] > 0.8
    assert [one.name for one in report.parts if one.kept] == [layers.LEARNT_NAMES]
    assert "SHIP" in report.table()
    assert json.loads(json.dumps(report.plain()))["better"] is True
    assert [done for _, done in told] == sorted(done for _, done in told)
    assert check_folder(folder, report.digest).version.startswith("1.")


def test_the_folder_is_a_pipeline_that_proposes_the_label(trained: Any) -> None:
    report, folder, _ = trained
    suggester = folder_suggester(folder, report.digest)
    text = "Nobody aboard the MV Heron Juno spoke to Anna Berg of Reuters."
    found = {item.of(text): item.label for item in suggester.suggest(text).layer(Layer.ENTITY)}
    assert found["MV Heron Juno"] == "SHIP"
    assert found["Anna Berg"] == "PERSON", "what the network knew is kept"
    assert "+desk" in suggester.name


def test_a_pipeline_can_be_taught_again(trained: Any, tmp_path: Path) -> None:
    _, folder, _ = trained
    nlp = open_folder(folder)
    assert layers.LEARNT_NAMES in nlp.component_names
    assert layers.LEARNT_NAMES not in nlp.pipe_names
    report = course.learn(ship_lessons(20, seed=4), tmp_path / "again", told, base=folder)
    assert check_folder(tmp_path / "again").digest == report.digest


def told(what: str, done: float) -> None:
    assert what
    assert 0 <= done <= 1


def test_too_little_is_refused_with_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match="At least 50 in 5 articles"):
        course.learn(ship_lessons(3), tmp_path / "out", told)
    with pytest.raises(NewsdeskError, match="too little"):
        check_enough([])
    assert not (tmp_path / "out").exists()


def test_other_files_are_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("kept")
    with pytest.raises(NewsdeskError, match="other files"):
        course.learn(ship_lessons(), tmp_path, told)
    with pytest.raises(NewsdeskError, match="other files"):
        course.check_room(shipped("resources", "models", pipeline.NAME))
    course.check_room(tmp_path / "new")


def test_cancelling_writes_nothing(tmp_path: Path) -> None:
    def stop(what: str, done: float) -> None:
        if what == "Learning":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        course.learn(ship_lessons(14), tmp_path / "out", stop)
    assert list(tmp_path.iterdir()) == []


def test_a_network_without_vectors_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsdesk.suggest.encoder.Encoder.gives_vectors", False)
    with pytest.raises(NewsdeskError, match="no network"):
        course.learn(ship_lessons(), tmp_path / "out", told)


def test_a_correction_of_nothing_changes_nothing(english: PipelineSuggester) -> None:
    nlp = open_folder(shipped("resources", "models", pipeline.NAME))
    text = "“It rained,” said Anna Berg. Turnout fell by 3%, and Leeds lost to York."
    before = PipelineSuggester(nlp).suggest(text)
    one = answers.read(nlp, pipeline.encoder_of(nlp), Lesson("a", Marks(text, layers=LAYER)))
    tags = pipeline.encoder_of(nlp).name_tags
    for name, labels, kind, layer in (
        (layers.LEARNT_NAMES, tags, "tagger", layers.TAGS),
        (layers.LEARNT_CLAIMS, [layers.WORTHY], "textcat_multilabel", layers.WORTH),
    ):
        model = {"@architectures": layer, "head": name}
        part: Any = nlp.add_pipe(kind, name=name, config={"model": model})
        examples = [answers.names_example(one, tags, frozenset())]
        if kind != "tagger":
            judged = Marks(text, layers=frozenset({golds.WORTHY}), worthy=True)
            read = answers.read(nlp, pipeline.encoder_of(nlp), Lesson("a", judged))
            examples = list(answers.claim_examples(read))
        part.initialize(lambda some=examples: some, nlp=nlp, labels=labels)
        nlp.disable_pipe(name)
    after = PipelineSuggester(nlp).suggest(text)
    assert [(i.spans, i.label) for i in after.items] == [(i.spans, i.label) for i in before.items]
    for old, new in zip(before.items, after.items, strict=True):
        assert new.confidence == pytest.approx(old.confidence, abs=1e-3)


def test_what_nobody_said_is_left_open(english: PipelineSuggester) -> None:
    nlp = english._nlp
    text = "Anna Berg met Leeds. Una Wye left York. Rain fell."
    marks = Marks(text, (EntityMark(0, 9, "PERSON"),), layers=LAYER)
    lesson = Lesson("a", marks, seen={ENTITIES: [(0, 20)]}, open={ENTITIES: [(14, 19)]})
    encoder = pipeline.encoder_of(nlp)
    one = answers.read(nlp, encoder, lesson)
    example = answers.names_example(one, encoder.name_tags, frozenset({"PERSON"}))
    tags = {token.text: token.tag_ for token in example.reference}
    assert (tags["Anna"], tags["Berg"], tags["met"]) == ("B-PERSON", "I-PERSON", "O")
    assert tags["Leeds"] == "", "a suggestion waits there"
    assert tags["Una"] == tags["fell"] == "", "nobody looked there"


def test_indirect_quotes_are_tagged_and_direct_ones_left_open(english: PipelineSuggester) -> None:
    text = "Anna said the lock was shut. “Go now,” said Una."
    quotes = (
        QuoteMark(((10, 27),), "indirect", (0, 4), (5, 9)),
        QuoteMark(((29, 38),), "direct", (44, 47), (39, 43)),
    )
    nlp = english._nlp
    lesson = Lesson("a", Marks(text, quotes=quotes, layers=frozenset({QUOTES})))
    example = answers.quotes_example(answers.read(nlp, pipeline.encoder_of(nlp), lesson))
    tags = [(token.text, token.tag_) for token in example.reference]
    assert tags[:4] == [
        ("Anna", "B-SOURCE"), ("said", "B-CUE"), ("the", "B-CONTENT"), ("lock", "I-CONTENT")
    ]  # fmt: skip
    assert ("Go", "") in tags
    assert tags[-2] == ("Una", "B-SOURCE")


def test_claims_are_learnt_by_sentence(english: PipelineSuggester) -> None:
    text = "Turnout fell by a third in May. We went home after the long walk. Ah."
    nlp = english._nlp
    marks = Marks(text, claims=(ClaimMark(0, 30),), layers=frozenset({CLAIMS}))
    read = answers.read(nlp, pipeline.encoder_of(nlp), Lesson("a", marks))
    cats = [one.reference.cats[layers.WORTHY] for one in answers.claim_examples(read)]
    assert cats == [1.0, 0.0]
    unseen = Lesson("a", marks, seen={})
    assert not list(answers.claim_examples(answers.read(nlp, pipeline.encoder_of(nlp), unseen)))


def test_found_marks_count_only_where_people_answered(english: PipelineSuggester) -> None:
    text = "Anna Berg left. Una Wye stayed in Paris."
    lesson = Lesson("a", Marks(text, layers=LAYER), seen={ENTITIES: [(0, 15)]})
    (marks,) = found_in(english._nlp, [lesson], lambda done: None).values()
    assert [text[m.start : m.end] for m in marks.entities] == ["Anna Berg"]
    assert marks.quotes == ()


def test_texts_stay_on_their_side() -> None:
    lessons = ship_lessons(20)
    learnt, held = parted(lessons)
    assert len(held) + len(learnt) == 20
    assert held
    more_learnt, more_held = parted([*lessons, *ship_lessons(30)[20:]])
    assert {one.key for one in held} <= {one.key for one in more_held}
    assert not {one.key for one in more_held} & {one.key for one in more_learnt}


def test_better_is_more_in_all_and_nowhere_much_less() -> None:
    before = Report(entities={"PERSON": Count(8, 2, 2)}, indirect=Count(8, 2, 2))
    more = Report(entities={"PERSON": Count(9, 1, 1)}, indirect=Count(8, 2, 2))
    lost = Report(entities={"PERSON": Count(10, 0, 0)}, indirect=Count(7, 2, 3))
    assert is_better(before, more)
    assert not is_better(before, before)
    assert not is_better(before, lost)
    assert [row.label for row in rows_of(before, more)] == [
        "PERSON", "indirect quotes, exact", "all together"
    ]  # fmt: skip
