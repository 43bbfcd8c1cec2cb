"""Named queries: the library's pages, search, and counts."""

import pytest

from newsdesk.model import (
    Annotation,
    Label,
    Layer,
    Source,
    SourceKind,
    Span,
    Status,
    new_article,
)
from newsdesk.store import queries

TEXTS = {
    "Councils": "The council met. C++ and it\"s fine; the café was Dvořák's. naïve no-one",
    "Harbour": "The harbour strike went on. A councillor left before council.",
    "Отчёт": "Отчёт совета 😀 опубликован.",
}


@pytest.fixture
def filled(store):
    outlet = Source(description="The Courier", kind=SourceKind.MEDIA_OUTLET)
    label = Label(name="PERSON", layer=Layer.ENTITY)
    with store.transaction():
        store.put(outlet)
        store.put(label)
        for number, (title, text) in enumerate(TEXTS.items()):
            date = f"2026-0{number + 1}-01" if number else None
            article = new_article(text, title=title, outlet=outlet.id, published=date)
            store.put(article)
            for status in (Status.ACCEPTED, Status.PROPOSED, Status.REJECTED)[: number + 1]:
                mark = Annotation(
                    article=article.id,
                    spans=(Span(0, 3),),
                    label=label.id,
                    quote=text[:3],
                    status=status,
                    confidence=0.5,
                )
                store.put(mark)
    return store


def titles(lines):
    return [line.title for line in lines]


def test_the_library_is_newest_first_and_comes_in_pages(filled):
    everything = queries.library(filled)
    assert titles(everything) == ["Отчёт", "Harbour", "Councils"], "the undated come last"
    assert everything[0].outlet == "The Courier"
    assert (everything[0].accepted, everything[0].proposed) == (1, 1)
    counted = filled.count(Annotation, article=everything[0].id)
    assert queries.article_size(filled, everything[0].id) == (everything[0].length, counted)
    assert queries.article_size(filled, "gone") == (0, 0)
    paged, last = [], None
    while page := queries.library(filled, after=last, limit=1):
        paged += page
        last = page[-1]
    assert paged == everything
    assert titles(queries.library(filled, outlet="Nobody")) == []
    assert titles(queries.library(filled, status="new", ids=[everything[1].id])) == ["Harbour"]
    assert queries.outlets(filled) == [("The Courier", 3)]
    assert queries.statuses(filled) == {"new": 3}


def test_many_articles_of_one_day_lose_none_between_pages(store):
    with store.transaction():
        for number in range(25):
            store.put(new_article(f"text {number}", title=str(number), published="2026-01-01"))
        for number in range(25, 30):
            store.put(new_article(f"text {number}", title=str(number)))
    paged, last = [], None
    while page := queries.library(store, after=last, limit=4):
        paged += page
        last = page[-1]
    assert titles(paged) == [str(n) for n in (*range(24, -1, -1), *range(29, 24, -1))]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("council", {"Councils", "Harbour"}),
        ("coun*", {"Councils", "Harbour"}),
        ("council -harbour", {"Councils"}),
        ('"harbour strike"', {"Harbour"}),
        ('"strike harbour"', set()),
        ("C++", {"Councils"}),
        ('it"s', {"Councils"}),
        ("no-one", {"Councils"}),
        ("dvorak", {"Councils"}),
        ("title:council", set()),
        ("AND OR (", set()),
        ("*", set()),
        ("-harbour", set()),
        ("", set()),
        ('"unclosed strike', {"Harbour"} - {"Harbour"}),
        ("совета", {"Отчёт"}),
    ],
)
def test_any_search_is_only_words(filled, words, found):
    assert {hit.title for hit in queries.search(filled, words)} == found


def test_snippets_mark_the_words_that_were_found(filled):
    (hit,) = queries.search(filled, "strike")
    assert [span.of(hit.snippet) for span in hit.marks] == ["strike"]


def test_a_new_title_is_found_and_the_old_one_is_not(filled):
    from newsdesk.model import Article, replace

    article = filled.find(Article, title="Harbour")[0]
    with filled.transaction():
        filled.put(replace(article, title="Quayside"))
    assert titles(queries.search(filled, "quayside")) == ["Quayside"]
    assert titles(queries.search(filled, "strike")) == ["Quayside"]
    assert filled.get(Article, article.id).text == article.text
    filled.db.exec_driver_sql("INSERT INTO article_fts(article_fts) VALUES ('integrity-check')")


def test_counts_and_texts(filled):
    from newsdesk.model import Article

    article = filled.find(Article, title="Harbour")[0]
    assert queries.same_text(filled, article.sha256) == [(article.id, "Harbour")]
    assert queries.known_texts(filled, [article.sha256, "0"]) == {article.sha256: article.id}
    assert sum(queries.label_use(filled).values()) == 6
    assert len(queries.proposed(filled, label_name="PERSON")) == 2
    assert queries.proposed(filled, min_confidence=0.6) == []
    assert len(queries.proposed(filled, article_id=article.id)) == 1


def test_annotated_articles_stream_in_order_of_birth(filled):
    found = list(queries.annotated_articles(filled))
    assert [article.title for article, _, _ in found] == list(TEXTS)
    assert [len(marks) for _, marks, _ in found] == [1, 1, 1]
    both = queries.annotated_articles(filled, statuses=("accepted", "proposed"))
    assert [len(marks) for _, marks, _ in both] == [1, 2, 2]
    one = [found[1][0].id]
    assert [article.title for article, _, _ in queries.annotated_articles(filled, one)] == [
        "Harbour"
    ]
