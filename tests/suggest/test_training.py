"""The parts of the training recipe that need no PyTorch."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.settings import shipped
from newsdesk.suggest import pipeline
from newsdesk.suggest.encoder import best_path, calibrated
from newsdesk.suggest.golds import CLAIMS, ENTITIES, QUOTES
from newsdesk.suggest.golds import WORTHY as WORTHY_LAYER
from newsdesk.suggest.learning.lessons import Lesson
from newsdesk.suggest.scores import ClaimMark, EntityMark, Marks, QuoteMark
from newsdesk.suggest.shapes import shape_of
from newsdesk.suggest.training import corpora
from newsdesk.suggest.training.calibrate import platt
from newsdesk.suggest.training.examples import (
    NOT_WORTHY,
    OPEN,
    WORTHY,
    Example,
    split,
    tags_of,
)
from newsdesk.suggest.training.features import NAME_TAGS, features_of
from newsdesk.suggest.training.invented import Inventor
from newsdesk.suggest.training.swapping import known_names, swapped
from newsdesk.suggest.training.trees import aligned, attributions
from newsdesk.suggest.training.whole import examples_of

SAID = """1\tUna\tUna\tPROPN\t_\t_\t3\tnsubj\t_\t_
2\tBraddock\tBraddock\tPROPN\t_\t_\t1\tflat\t_\t_
3\tsaid\tsay\tVERB\t_\t_\t0\troot\t_\t_
4\tthe\tthe\tDET\t_\t_\t5\tdet\t_\t_
5\tlock\tlock\tNOUN\t_\t_\t7\tnsubj\t_\t_
6\twas\tbe\tAUX\t_\t_\t7\tcop\t_\t_
7\tshut\tshut\tADJ\t_\t_\t3\tccomp\t_\t_
8\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_"""
TEXT = "Una Braddock said the lock was shut."
ROWS = [line.split("\t") for line in SAID.splitlines()]


def test_attribution_off_a_tree() -> None:
    words = aligned(TEXT, ROWS)
    assert words is not None
    assert [(TEXT[s:e], label) for s, e, label in attributions(words)] == [
        ("Una Braddock", "SOURCE"),
        ("said", "CUE"),
        ("the lock was shut", "CONTENT"),
    ]


def test_a_tree_of_another_text_is_refused() -> None:
    assert aligned("Something else", ROWS) is None


def test_inventions_have_sound_marks_and_repeat() -> None:
    first = list(Inventor(3).examples(300))
    assert first == list(Inventor(3).examples(300))
    for example in first:
        for start, end, label in (*(example.names or ()), *(example.quotes or ())):
            words = example.text[start:end]
            assert words
            assert words == words.strip()
            assert label in ("CONTENT", "CUE", "SOURCE") or f"B-{label}" in NAME_TAGS
        assert "{" not in example.text
        assert "<" not in example.text


def test_swapping_names_moves_every_mark() -> None:
    examples = list(Inventor(5).examples(200))
    changed = swapped(examples, known_names(examples), 6)
    assert any(a.text != b.text for a, b in zip(examples, changed, strict=True))
    for before, after in zip(examples, changed, strict=True):
        assert [label for *_, label in before.names or ()] == [n[2] for n in after.names or ()]
        for (s, e, label), (s2, e2, _) in zip(before.quotes or (), after.quotes or (), strict=True):
            if label == "CUE":
                assert before.text[s:e] == after.text[s2:e2]
        for start, end, _ in after.names or ():
            assert after.text[start:end].strip() == after.text[start:end] != ""


def test_splitting_keeps_names_whole() -> None:
    text = "He met J. R. Ewing Inc. Ltd yesterday. She left."
    (first, second) = split(text, "gum", [(7, 27, "ORG")])
    assert first.text[slice(*first.names[0][:2])] == text[7:27]  # type: ignore[index]
    assert second.text == "She left."


def test_hidden_labels_stay_allowed() -> None:
    file = shipped("resources", "models", pipeline.NAME) / pipeline.ENCODER / "tokenizer.json"
    example = Example("Leeds won", "uner", ((0, 5, "LOC"),))
    (made,) = features_of([example], file)
    leeds, won = ([NAME_TAGS[i] for i in row.nonzero()[0]] for row in made.allowed)
    assert leeds == ["B-LOC"]
    assert "O" in won
    assert "B-EVENT" in won
    assert "B-PERSON" not in won


def test_what_a_corpus_marks_more_widely_is_left_open(tmp_path: Path) -> None:
    text = "Sir Ole Berg met Ida Moe, Siem and Iraq Ports of Lea."
    marks = (("Sir Ole Berg", "PERSON"), ("Ida Moe, Siem and Iraq", "ORG"), ("Ports of Lea", "ORG"))
    spans = [
        {"start": text.index(words), "end": text.index(words) + len(words), "label": label}
        for words, label in marks
    ]
    file = tmp_path / "ner.jsonl"
    file.write_text(json.dumps({"id": "1", "text": text, "spans": spans}), encoding="utf-8")
    (wide,) = corpora.names_examples(file, "grobid")
    assert [label for *_, label in wide.names or ()] == [OPEN, OPEN, "ORG"]
    (plain,) = corpora.names_examples(file, "wikigold")
    assert [label for *_, label in plain.names or ()] == ["PERSON", "ORG", "ORG"]
    tokens = shipped("resources", "models", pipeline.NAME) / pipeline.ENCODER / "tokenizer.json"
    (made,) = features_of([wide], tokens)
    assert made.allowed[0].all()
    ports = [start for start, _ in made.words].index(text.index("Ports"))
    assert [NAME_TAGS[i] for i in made.allowed[ports].nonzero()[0]] == ["B-ORG"]


def test_a_desk_teaches_every_head(tmp_path: Path) -> None:
    text = "Ida Moe said the port lost 5 ships. Nobody came. “Go,” said Ole Berg."
    said, direct = text.index("said"), text.index("Go")
    quotes = (
        QuoteMark(((13, 34),), "indirect", (0, 7), (said, said + 4)),
        QuoteMark(((direct, direct + 2),), "direct", (60, 68), (55, 59)),
    )
    names = (EntityMark(0, 7, "PERSON"), EntityMark(27, 28, "QUANTITY"))
    every = frozenset({ENTITIES, QUOTES, CLAIMS})
    marks = Marks(text, names, quotes, (ClaimMark(13, 34),), every)
    first, second, third = examples_of(Lesson("a", marks, open={ENTITIES: [(36, 40)]}))
    assert first.names == ((0, 7, "PERSON"),)
    assert [first.text[s:e] for s, e, _ in first.quotes or ()] == [
        "Ida Moe", "said", "the port lost 5 ships"
    ]  # fmt: skip
    assert (first.claim, second.claim) == (WORTHY, NOT_WORTHY)
    assert second.names is None  # a suggestion waits there
    assert third.blind == ((1, 3),)
    assert [label for *_, label in third.quotes or ()] == ["CUE", "SOURCE"]
    judged = Marks("Turnout fell.", layers=frozenset({WORTHY_LAYER}), worthy=False)
    (only,) = examples_of(Lesson("b", judged))
    assert (only.names, only.quotes, only.claim) == (None, None, NOT_WORTHY)


def test_corpora_files_are_read(tmp_path: Path) -> None:
    span = {"start": 0, "end": 5, "label": "GPE", "orig": "country"}
    (tmp_path / "ner.jsonl").write_text(
        json.dumps({"id": "1", "text": "Wales won. Good.", "spans": [span]}), encoding="utf-8"
    )
    first, second = corpora.names_examples(tmp_path / "ner.jsonl", "crossner")
    assert (first.text, first.names) == ("Wales won.", ((0, 5, "LOC"),))
    assert second.names == ()
    assert known_names([first])["LOC"] == ["Wales"]
    rows = [
        {"text": "Turnout fell.", "verdict": "CFS", "file": "2008-09-26.txt"},
        {"text": "Hello.", "verdict": "NFS", "file": "2012-10-03.txt"},
    ]
    claims = tmp_path / "claims.jsonl"
    claims.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [e.claim for e in corpora.claim_examples(claims)] == [2]
    assert [e.claim for e in corpora.claim_examples(claims, held_out=True)] == [0]


def test_ewt_joins_names_and_trees(tmp_path: Path) -> None:
    (tmp_path / "ud_ewt-dev.conllu").write_text(
        f"# sent_id = x-1\n# text = {TEXT}\n{SAID}\n\n", encoding="utf-8"
    )
    record = {"id": "x-1", "text": TEXT, "spans": [{"start": 0, "end": 12, "label": "PERSON"}]}
    (tmp_path / "ner_uner_ewt_dev.jsonl").write_text(json.dumps(record), encoding="utf-8")
    (example,) = corpora.ewt_examples(tmp_path, "dev")
    assert example.names == ((0, 12, "PERSON"),)
    assert len(example.quotes or ()) == 3


def test_gum_joins_documents(tmp_path: Path) -> None:
    text = f"{TEXT} “Go,” he thought."
    (tmp_path / "ud_gum-open-dev.conllu").write_text(
        f"# sent_id = GUM_news_x-1\n# text = {TEXT}\n{SAID}\n\n", encoding="utf-8"
    )
    names = {
        "id": "GUM_news_x-p0",
        "text": text,
        "spans": [{"start": 0, "end": 12, "label": "PERSON"}],
    }
    (tmp_path / "ner_gum_open_dev.jsonl").write_text(json.dumps(names), encoding="utf-8")
    thought = {"content": [[37, 42]], "speaker": [43, 45], "cue": [46, 53], "type": "direct"}
    quotes = {"id": "GUM_news_x", "text": text, "quotes": [thought]}
    (tmp_path / "quotes_gum_open_dev.jsonl").write_text(json.dumps(quotes), encoding="utf-8")
    first, second = corpora.gum_examples(tmp_path, "dev")
    assert len(first.quotes or ()) == 3
    assert second.quotes == ()


def test_platt_finds_the_curve() -> None:
    pairs = [(2.0, True)] * 80 + [(2.0, False)] * 20 + [(-2.0, True)] * 20 + [(-2.0, False)] * 80
    curve = platt(pairs)
    assert calibrated(2.0, curve) == pytest.approx(0.8, abs=0.02)
    assert calibrated(-2.0, curve) == pytest.approx(0.2, abs=0.02)


@given(st.lists(st.tuples(st.floats(-9, 9), st.booleans()), min_size=1, max_size=40))
def test_platt_never_runs_away(pairs: list[tuple[float, bool]]) -> None:
    slope, offset = platt(pairs)
    assert abs(slope) < 100
    assert abs(offset) < 200


def test_best_path_never_continues_another_label() -> None:
    rows = np.log(np.array([[0.1, 0.8, 0.05, 0.03, 0.02], [0.1, 0.1, 0.3, 0.1, 0.4]]))
    assert best_path(rows) == [1, 2]
    assert tags_of(["A", "B"]) == ["O", "B-A", "I-A", "B-B", "I-B"]


@pytest.mark.parametrize(
    ("word", "shape"),
    [("lock", 1), ("Una", 2), ("BBC", 3), ("McKay", 4), ("12", 5), ("U", 6), ("F35", 7), (",", 8)],
)
def test_shapes(word: str, shape: int) -> None:
    assert shape_of(word) == shape


@given(st.lists(st.lists(st.floats(-5, 0), min_size=5, max_size=5), min_size=1, max_size=4))
def test_best_path_is_the_best_legal_one(rows: list[list[float]]) -> None:
    def legal(path: tuple[int, ...]) -> bool:
        return all(
            tag == 0 or tag % 2 or before in (tag, tag - 1)
            for before, tag in zip((0, *path), path, strict=False)
        )

    scores = np.array(rows)
    places = np.arange(len(rows))
    paths = [p for p in itertools.product(range(5), repeat=len(rows)) if legal(p)]
    best = max(scores[places, list(path)].sum() for path in paths)
    found = best_path(scores)
    assert legal(tuple(found))
    assert scores[places, found].sum() >= best - 1e-9
