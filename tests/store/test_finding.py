"""The queries of filters, against a plain reading of the same records; also on PostgreSQL."""

import pytest

from newsdesk.model import (
    Annotation,
    AnnotationFilter,
    ArticleFilter,
    ArticleStatus,
    Attribute,
    Entity,
    Label,
    Layer,
    Source,
    SourceKind,
    Span,
    Status,
    new_article,
)
from newsdesk.store import create, finding

TEXTS = {
    "One": ("Ada Ray met Élan Bo in Oslo.", "2026-01-05", "en", "The Courier", "new"),
    "Two": (
        "Bo said nothing of Oslo.\nÉlan was 100% there.",
        "2026-02-03",
        "en",
        "Le Temps",
        "reviewed",
    ),
    "Three": ("Rien de Bo.", "2026-02-10T10:00", "fr", "Le Temps", "new"),
    "Four": ("Undated words of Ada.", None, "en", None, "new"),
}
LABELS = {
    "PERSON": (Layer.ENTITY, ()),
    "CLAIM": (Layer.CLAIM, ()),
    "CUE": (Layer.CUE, (Attribute(name='po"larity', required=True), Attribute(name="free"))),
}
MARKS = (
    ("One", "Ada Ray", "PERSON", {"entity": "Ada"}),
    ("One", "Élan Bo", "PERSON", {"status": Status.PROPOSED, "confidence": 0.4, "origin": "pipe"}),
    ("One", "met", "CUE", {"attributes": {"free": "x"}, "author": "Bea"}),
    ("Two", "Bo", "PERSON", {"status": Status.REJECTED, "confidence": 0.9, "origin": "pipe"}),
    ("Two", "said", "CUE", {"attributes": {'po"larity': "yes"}, "note": "Sure? 50%_"}),
    ("Two", "100%", "CLAIM", {"author": "Bea"}),
    ("Three", "Bo", "PERSON", {"status": Status.PROPOSED}),
)


def fill(store):
    names = {}
    with store.transaction():
        labels = {n: Label(name=n, layer=y, attributes=a) for n, (y, a) in LABELS.items()}
        outlets = {
            n: Source(description=n, kind=SourceKind.MEDIA_OUTLET)
            for n in ("The Courier", "Le Temps")
        }
        ada = Entity(name="Ada", kind="PERSON")
        for record in (*labels.values(), *outlets.values(), ada):
            store.put(record)
        articles = {}
        for title, (text, day, language, outlet, status) in TEXTS.items():
            articles[title] = new_article(
                text, title=title, published=day, language=language,
                outlet=outlets[outlet].id if outlet else None, status=ArticleStatus(status),
                byline="By ÉMILE" if title == "Two" else None,
            )  # fmt: skip
            store.put(articles[title])
        for title, words, name, fields in MARKS:
            start = articles[title].text.index(words)
            kept = {"author": "Ann", **fields}
            if "entity" in kept:
                kept["entity"] = ada.id
            one = Annotation(
                article=articles[title].id, spans=(Span(start, start + len(words)),),
                label=labels[name].id, quote=words, **kept,
            )  # fmt: skip
            store.put(one)
            names[one.id] = f"{title}: {words}"
    names.update((one.id, title) for title, one in articles.items())
    return names


@pytest.fixture
def filled(store):
    return store, fill(store)


ARTICLES = [
    ({}, "Three Two One Four"),
    ({"words": "oslo"}, "Two One"),
    ({"words": "oslo -nothing"}, "One"),
    ({"words": "ri* OR undated"}, "Three Four"),
    ({"words": "-"}, ""),
    ({"statuses": (ArticleStatus.NEW,)}, "Three One Four"),
    ({"outlets": ("Le Temps",), "languages": ("en",)}, "Two"),
    ({"outlets": ("Le Temps", "The Courier")}, "Three Two One"),
    ({"byline": "émile"}, "Two"),
    ({"since": "2026-02"}, "Three Two"),
    ({"until": "2026-01"}, "One"),
    ({"since": "2026-02-10", "until": "2026-02-10"}, "Three"),
    ({"labels": ("PERSON",)}, "Three One"),
    ({"labels": ("CUE",), "authors": ("Bea",)}, "One"),
    ({"authors": ("Bea",)}, "Two One"),
    ({"claims": True}, "Two"),
    ({"claims": False}, "Three One Four"),
    ({"suggestions": True}, "Three One"),
    ({"suggestions": False, "words": "oslo"}, "Two"),
    ({"missing": True}, "One"),
    ({"ids": ()}, ""),
]


@pytest.mark.parametrize(("fields", "titles"), ARTICLES)
def test_articles_are_found(filled, fields, titles):
    store, names = filled
    check_articles(store, names, fields, titles)


def check_articles(store, names, fields, titles):
    wanted = ArticleFilter(**fields)
    ids = finding.find_article_ids(store, wanted)
    assert [names[id] for id in ids] == titles.split()
    assert finding.count_articles(store, wanted) == len(ids)
    assert [line.title for line in finding.article_lines(store, ids)] == titles.split()
    assert {hit.title for hit in finding.search_articles(store, wanted)} == set(titles.split())
    counts = finding.article_counts(store, wanted)
    assert counts.total == len(ids)
    if "statuses" not in fields:
        assert sum(counts.statuses.values()) == len(ids)


ANNOTATIONS = [
    ({}, 7),
    ({"labels": ("PERSON",), "statuses": (Status.PROPOSED,), "linked": False}, 2),
    ({"labels": ("PERSON",), "linked": True}, ["One: Ada Ray"]),
    ({"layers": (Layer.CLAIM, Layer.CUE)}, ["One: met", "Two: said", "Two: 100%"]),
    ({"text": "éLAN"}, ["One: Élan Bo"]),
    ({"text": "bo"}, ["One: Élan Bo", "Two: Bo", "Three: Bo"]),
    ({"text": "0%"}, ["Two: 100%"]),
    ({"text": "_"}, []),
    ({"note": "50%_"}, ["Two: said"]),
    ({"authors": ("Bea",)}, ["One: met", "Two: 100%"]),
    ({"confidence_below": 0.5}, ["One: Élan Bo"]),
    ({"confidence_from": 0.5}, ["Two: Bo"]),
    ({"suggested": True}, ["One: Élan Bo", "Two: Bo"]),
    ({"missing": True}, ["One: met"]),
    ({"missing": False, "labels": ("CUE",)}, ["Two: said"]),
    ({"articles": ArticleFilter(languages=("fr",))}, ["Three: Bo"]),
    ({"articles": ArticleFilter(words="-")}, []),
]


@pytest.mark.parametrize(("fields", "found"), ANNOTATIONS)
def test_annotations_are_found(filled, fields, found):
    store, names = filled
    check_annotations(store, names, fields, found)


def check_annotations(store, names, fields, found):
    wanted = AnnotationFilter(**fields)
    ids = finding.find_annotation_ids(store, wanted)
    assert finding.count_annotations(store, wanted) == len(ids)
    if isinstance(found, int):
        assert len(ids) == found
    else:
        assert [names[id] for id in ids] == found
    assert [line.id for line in finding.annotation_lines(store, ids)] == ids


def test_each_choice_is_counted_under_the_others(filled):
    store, _ = filled
    counts = finding.article_counts(
        store, ArticleFilter(statuses=(ArticleStatus.NEW,), languages=("en",))
    )
    assert counts.total == 2
    assert counts.statuses == {"new": 2, "reviewed": 1}
    assert counts.languages == {"en": 2, "fr": 1}
    assert counts.outlets == {"The Courier": 1}


def test_a_search_is_ranked_with_snippets_under_its_filter(filled):
    store, _ = filled
    (one,) = finding.search_articles(store, ArticleFilter(words="Élan", since="2026-02"))
    assert one.title == "Two"
    assert [span.of(one.snippet) for span in one.marks] == ["Élan"]
    assert finding.search_articles(store, ArticleFilter(words="Élan", labels=("NO",))) == []
    assert len(finding.search_articles(store, ArticleFilter(words="Bo"), limit=2)) == 2


def test_a_line_shows_the_words_around(filled):
    store, names = filled
    ids = {name: id for id, name in names.items()}
    lines = finding.annotation_lines(store, [ids["Two: 100%"], "gone", ids["One: Ada Ray"]])
    assert [line.context for line in lines] == [
        "Élan was 100% there.",
        "Ada Ray met Élan Bo in Oslo.",
    ]
    assert [line.marks[0].of(line.context) for line in lines] == ["100%", "Ada Ray"]
    assert [line.entity for line in lines] == ["", "Ada"]
    assert lines[0].title == "Two"


def test_words_around_are_cut_at_words(store):
    text = "word " * 40 + "Here" + " other" * 40
    label = Label(name="PERSON", layer=Layer.ENTITY)
    article = new_article(text)
    one = Annotation(article=article.id, spans=(Span(200, 204),), label=label.id, quote="Here")
    with store.transaction():
        for record in (label, article, one):
            store.put(record)
    (line,) = finding.annotation_lines(store, [one.id])
    assert len(line.context) < 130
    assert line.context.startswith("word ")
    assert line.context.endswith(" other")


def test_an_enormous_text_is_not_read_for_the_words_around(filled, monkeypatch):
    store, _ = filled
    monkeypatch.setattr(finding, "_LONGEST", 5)
    ids = finding.find_annotation_ids(store, AnnotationFilter(text="met"))
    (line,) = finding.annotation_lines(store, ids)
    assert (line.context, line.marks) == ("met", ())


@pytest.mark.postgres
def test_the_same_is_found_on_a_server(postgres):
    store = create(postgres)
    try:
        names = fill(store)
        for fields, titles in ARTICLES:
            check_articles(store, names, fields, titles)
        for fields, found in ANNOTATIONS:
            check_annotations(store, names, fields, found)
        for typed in ("C++", 'it"s', "column:", "a'b", "\\", "a:*b", "!", "<->"):
            finding.search_articles(store, ArticleFilter(words=typed))
    finally:
        store.close()
