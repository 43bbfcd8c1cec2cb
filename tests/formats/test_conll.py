"""CoNLL-2003 and CoNLL-U: there and back, spaCy's converters, samples, and files that are wrong."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.formats import choose, conll, conllu
from newsdesk.formats.flat import flat_marks, tagged_layers
from newsdesk.formats.format import Bundle, Format, Item, Part
from newsdesk.formats.inputs import FileInput
from newsdesk.formats.tokens import marked, sentences, tagged
from newsdesk.model import Label, Layer, Span, Status, new_article, replace
from tests.formats.returning import INTEROP, check_return, datasets, export, reread
from tests.formats.samples import LABELS, Given, mark, problems, records, small, texts

CONLL, CONLLU = conll.FORMAT, conllu.FORMAT


def bundles(items: list[Item]) -> list[Bundle]:
    return [item for item in items if isinstance(item, Bundle)]


def read(format: Format, text: str | bytes) -> list[Item]:
    return reread(format, {"": text.encode() if isinstance(text, str) else text})


@given(datasets())
def test_everything_returns_from_conllu(dataset: Given) -> None:
    assert check_return(CONLLU, dataset).count == 0


def test_every_kind_of_record_returns_from_conllu() -> None:
    assert check_return(CONLLU, small()).count == 0


@given(datasets())
def test_conll_returns_the_marks_that_no_loss_names(dataset: Given) -> None:
    files, losses = export(CONLL, dataset)
    items = read(CONLL, files[""])
    parts = {loss.record: loss.part for loss in losses.listed}
    gone = {loss.record for loss in losses.listed if loss.part in _GONE}
    names = {label.id: label.name for label in LABELS}
    sent = [
        (names[one.label], "".join(one.quote.split()))
        for bundle in dataset.bundles
        for one in sorted(bundle.annotations, key=lambda one: one.start)
        if one.id not in gone
    ]
    brought = {each.id: each.name for each in records(items) if isinstance(each, Label)}
    back = [
        (brought[one.label], "".join(one.quote.split()))
        for bundle in bundles(items)
        for one in bundle.annotations
    ]
    assert back == sent
    assert parts.keys() >= {label.id for label in LABELS}


_GONE = {Part.ANNOTATIONS, Part.OVERLAPS, Part.FRAGMENTS}


def test_each_loss_of_conll_is_named() -> None:
    dataset = small()
    _, losses = export(CONLL, dataset)
    said = {(loss.part, loss.record) for loss in losses.listed}
    name, cue, quote, claim = dataset.bundles[1].annotations
    assert {(Part.ANNOTATIONS, one.id) for one in (cue, quote, claim)} <= said
    assert (Part.ENTITIES, name.id) in said
    assert (Part.NOTES, claim.id) in said
    assert (Part.STATUS, quote.id) in said
    assert {loss.part for loss in losses.listed} == set(Part) - {
        *(Part.FRAGMENTS, Part.OVERLAPS, Part.JOURNAL)
    }
    assert set(CONLL.losses) == set(Part) - {Part.ANNOTATIONS}


@given(texts, st.data())
def test_tokens_cover_everything_but_white_space(raw: str, data: st.DataObject) -> None:
    text = new_article(raw).text
    found = list(sentences(text, []))
    tokens = [token for sentence in found for token in sentence.tokens]
    assert "".join(text[a:b] for a, b in tokens) == "".join(text.split())
    assert tokens == sorted(tokens)
    assert all(text[a:b].split() == [text[a:b]] for a, b in tokens)


def test_no_sentence_ends_within_a_mark_and_tokens_end_at_marks() -> None:
    text = "He met Dr. No. She e\u0301t 👍🏽 there."
    whole = [Span(7, 13), Span(15, 17)]
    found = list(sentences(text, whole))
    assert [len(one.tokens) for one in found] == [6, 6]
    words = [text[a:b] for one in found for a, b in one.tokens]
    assert words[-5:] == ["e", "e\u0301t", "👍🏽", "there", "."]
    tags = tagged(found[0].tokens, [(whole[0], "P")])
    assert tags == ["O", "O", "B-P", "I-P", "I-P", "O"]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("B-P I-P O I-Q", [(0, 2, "P"), (3, 4, "Q")]),
        ("I-P I-P B-P I-Q", [(0, 2, "P"), (2, 3, "P"), (3, 4, "Q")]),
        ("B-P L-P U-P U-P O", [(0, 2, "P"), (2, 3, "P"), (3, 4, "P")]),
        ("B-P E-P S-P W-Q M-Q", [(0, 2, "P"), (2, 3, "P"), (3, 4, "Q"), (4, 5, "Q")]),
    ],
)
def test_every_scheme_of_tags_is_understood(tags: str, found: list[tuple[int, int, str]]) -> None:
    assert list(marked(tags.split())) == found


def test_flat_marks_prefer_the_longer_and_the_entities() -> None:
    article = new_article("one two three four")
    marks = (
        mark(article, "PERSON", (0, 3)),
        mark(article, "ORG", (0, 7)),
        mark(article, "QUOTE", (8, 13)),
        mark(article, "ORG", (13, 18)),
        mark(article, "ORG", (14, 18), status=Status.REJECTED),
        mark(article, "ORG", (8, 10), (14, 16)),
    )
    bundle = Bundle(article=article, annotations=marks)
    names = {label.id: label.name for label in LABELS}
    layers = {label.id: label.layer for label in LABELS}
    told: list[tuple[Part, str, str]] = []
    kept = flat_marks(bundle, names, layers, tagged_layers(LABELS), lambda *what: told.append(what))
    assert [(one.span, one.name) for one in kept] == [
        ((0, 7), "ORG"),
        ((8, 10), "ORG"),
        ((14, 16), "ORG"),
    ]
    assert [(part, id) for part, id, _ in told] == [
        (Part.ANNOTATIONS, marks[2].id),
        (Part.ANNOTATIONS, marks[3].id),
        (Part.ANNOTATIONS, marks[4].id),
        (Part.FRAGMENTS, marks[5].id),
        (Part.OVERLAPS, marks[0].id),
    ]
    assert tagged_layers(LABELS[2:]) == frozenset(Layer)


def test_conll_is_rebuilt_from_its_tokens() -> None:
    items = read(
        CONLL,
        "-DOCSTART- -X- O O\n\nAda NNP I-NP B-PER\nLovelace NNP I-NP I-PER\nsaid VBD O O\n\n"
        "Yes UH O O\n\n-DOCSTART- -X- O O\n\nLondon NNP B-NP U-LOC\n",
    )
    one, two = bundles(items)
    assert one.article.text == "Ada Lovelace said\nYes"
    assert [each.quote for each in one.annotations] == ["Ada Lovelace"]
    assert [each.quote for each in two.annotations] == ["London"]
    assert not problems(items)


def test_conllu_keeps_foreign_white_space_multiwords_and_tags() -> None:
    items = read(
        CONLLU,
        "# newdoc id = a\n# newpar\n# text = Vámonos al mar .\n"
        "1-2\tVámonos\t_\t_\t_\t_\t_\t_\t_\t_\n1\tVamos\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "2\tnos\t_\t_\t_\t_\t_\t_\t_\t_\n3-4\tal\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "3\ta\t_\t_\t_\t_\t_\t_\t_\t_\n4\tel\t_\t_\t_\t_\t_\t_\t_\tNE=B-LOC\n"
        "5\tmar\t_\t_\t_\t_\t_\t_\t_\tNE=I-LOC\n5.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "6\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n# newpar\n"
        "1\tSí\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\t!\t_\t_\t_\t_\t_\t_\t_\tname=B-ORG\n\n"
        "# newdoc\n1\tOk\t_\t_\t_\t_\t_\t_\t_\t_\n",
    )
    one, two = bundles(items)
    assert one.article.text == "Vámonos al mar .\nSí!"
    assert [each.quote for each in one.annotations] == ["al mar", "!"]
    assert two.article.text == "Ok"
    assert not problems(items)


def test_two_marks_on_the_same_words_both_return_from_conllu() -> None:
    article = new_article("Ada")
    marks = (
        mark(article, "ORG", (0, 3), status=Status.REJECTED),
        mark(article, "ORG", (0, 3)),
    )
    bundle = Bundle(article=article, annotations=marks)
    assert check_return(CONLLU, Given(labels=LABELS, bundles=[bundle])).count == 0


@pytest.mark.parametrize("format", [CONLL, CONLLU], ids=["conll", "conllu"])
def test_marks_that_touch_within_a_word_stay_two(format: Format) -> None:
    article = new_article("harbourside")
    marks = (mark(article, "PERSON", (0, 7)), mark(article, "ORG", (7, 11)))
    bundle = Bundle(article=article, annotations=marks)
    files, _ = export(format, Given(labels=LABELS, bundles=[bundle]))
    items = reread(format, files)
    assert not problems(items)
    assert [one.quote for one in bundles(items)[0].annotations] == ["harbour", "side"]


def test_tags_that_were_changed_in_conllu_count() -> None:
    article = new_article("Ada met Bob.")
    marks = (mark(article, "PERSON", (0, 3), note="x"), mark(article, "PERSON", (8, 11)))
    dataset = Given(labels=LABELS, bundles=[Bundle(article=article, annotations=marks)])
    files, _ = export(CONLLU, dataset)
    text = (
        files[""]
        .decode()
        .replace("Bob\t_\t_\t_\t_\t_\t_\t_\tNE=B-PERSON|", "Bob\t_\t_\t_\t_\t_\t_\t_\t")
    )
    assert text != files[""].decode()
    [bundle] = bundles(read(CONLLU, text))
    assert bundle.annotations == (replace(marks[0]),)
    text = text.replace("met\t_", "meets\t_")
    [bundle] = bundles(items := read(CONLLU, text))
    assert bundle.annotations[0].id != marks[0].id
    assert any("no longer the one" in each.message for each in problems(items))


def test_spacy_converts_what_is_written() -> None:
    spacy_conll = pytest.importorskip("spacy.training.converters.conll_ner_to_docs")
    spacy_conllu = pytest.importorskip("spacy.training.converters.conllu_to_docs")
    dataset = small()
    files, _ = export(CONLL, dataset)
    docs = list(spacy_conll.conll_ner_to_docs(files[""].decode()))
    assert [(str(ent), ent.label_) for doc in docs for ent in doc.ents] == [("Ada", "PERSON")]
    files, _ = export(CONLLU, dataset)
    docs = list(spacy_conllu.conllu_to_docs(files[""].decode(), no_print=True))
    assert [(str(ent), ent.label_) for doc in docs for ent in doc.ents] == [("Ada", "PERSON")]


@pytest.mark.parametrize(
    ("format", "content", "says"),
    [
        (CONLL, "", "no line of a token"),
        (CONLL, "word\nother\n", "no line of a token"),
        (CONLL, "Ada B-PER\nsaid\n", "its last column is no tag"),
        (CONLL, b"Ad\xe9 B-PER\n", "not in UTF-8"),
        (CONLL, "A" * 200_000, "longer than 100,000 bytes"),
        (CONLLU, "", "no line of ten columns"),
        (CONLLU, "1\tAda\n", "no line of ten columns"),
        (CONLLU, b"1\tAd\xe9\t_\t_\t_\t_\t_\t_\t_\t_\n", "not in UTF-8"),
        (CONLLU, "# newsdesk.record = {}\n1\tA\t_\t_\t_\t_\t_\t_\t_\t_\n", "holds no record"),
    ],
)
def test_files_that_are_wrong_are_named(format: Format, content: str | bytes, says: str) -> None:
    found = problems(read(format, content))
    assert any(says in one.message for one in found)
    assert all(one.file == "set.file" for one in found)


def sample(name: str) -> FileInput:
    return FileInput(INTEROP / "conll" / name)


@pytest.mark.skipif(not INTEROP.is_dir(), reason="the official samples are not here")
def test_the_official_samples_are_read() -> None:
    for path in sorted((INTEROP / "conll").iterdir()):
        source = FileInput(path)
        format = CONLLU if path.suffix == ".conllu" else CONLL
        assert choose(source).name == format.name, path.name
        items = list(_read(format, source))
        assert not problems(items), (path.name, problems(items))
        assert bundles(items)
    [bundle, *_] = bundles(list(_read(CONLL, sample("ner-token-per-line-conll2003.iob"))))
    assert [one.quote for one in bundle.annotations][:3] == ["Sebastian Thrun", "Google", "2007"]
    [bundle] = bundles(list(_read(CONLLU, sample("conllu-untokenized_text.conllu"))))
    assert bundle.article.text == (
        "Er arbeitet fürs FBI (deutsch etwa: „Bundesamt für Ermittlung“)."
    )


def _read(format: Format, source: FileInput) -> Iterator[Item]:
    from newsdesk.formats.format import Reading

    assert format.read is not None
    return format.read(source, Reading())
