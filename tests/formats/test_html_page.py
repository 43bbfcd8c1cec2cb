"""The page as a browser's parser sees it: the text unchanged, every mark on its very words."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from lxml import html as lxml_html

from newsdesk.formats import format_named
from newsdesk.formats.format import Bundle, Losses
from newsdesk.formats.html_page import LOST, write_html
from newsdesk.formats.html_style import style_sheet
from newsdesk.model import ClaimState, Label, Layer, Status, Verdict, new_article, replace
from tests.formats.samples import LABELS, Given, Memory, bundles, mark, small


def page(dataset: Any) -> tuple[str, Losses]:
    target = Memory()
    losses = write_html(dataset, target)
    return target.content.decode(), losses


class Seen(HTMLParser):
    """The text of each article, and which marks stand over each of its characters."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.over: list[list[tuple[str, ...]]] = []
        self._open: list[str] = []
        self._within = False
        self.tags: set[str] = set()
        self.balanced: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        found = dict(attributes)
        if tag == "div" and found.get("class") == "text":
            self._within = True
            self.texts.append("")
            self.over.append([])
        elif tag == "mark" and self._within:
            self._open.append(str(found["class"]))
        if tag not in ("meta",):
            self.balanced.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.balanced.pop() == tag
        if tag == "mark" and self._within:
            self._open.pop()
        elif tag == "div":
            assert not self._open
            self._within = False

    def handle_data(self, data: str) -> None:
        if self._within:
            self.texts[-1] += data
            self.over[-1] += [tuple(sorted(self._open))] * len(data)


def covered(bundle: Bundle, at: int) -> list[str]:
    return sorted(
        f"l{next(n for n, label in enumerate(LABELS) if label.id == one.label)}"
        for one in bundle.annotations
        if one.status is not Status.REJECTED
        and any(span.start <= at < span.end for span in one.spans)
    )


@given(bundle=bundles())
def test_every_character_has_its_marks_and_no_other(bundle: Bundle) -> None:
    seen = Seen(page(Given(labels=LABELS, bundles=[bundle]))[0])
    assert seen.balanced == []
    assert seen.texts == [bundle.article.text]
    for at, classes in enumerate(seen.over[0]):
        assert [one.split()[0] for one in classes] == covered(bundle, at)


def test_overlapping_nested_and_discontinuous_marks_are_told_apart() -> None:
    article = new_article("one two three four", title="T")
    marks = (
        mark(article, "QUOTE", (0, 7), (14, 18)),
        mark(article, "PERSON", (4, 13)),
        mark(article, "ORG", (4, 7), status=Status.PROPOSED, origin="rules 1", confidence=0.5),
    )
    found, losses = page(Given(labels=LABELS, bundles=[Bundle(article=article, annotations=marks)]))
    assert losses.count == 0
    starts = re.findall(r'data-code="([^"]+)"', found)
    assert sorted(starts) == ["ORG?", "PER", "QUO", "…QUO"]
    assert "proposed by rules 1, 50%" in found
    assert found.count(" cut") == 1


def sentences(found: str) -> Iterator[str]:
    tree = lxml_html.fromstring(found)
    for row in tree.xpath("//table//tr"):
        yield " | ".join(cell.text_content() for cell in row)


def test_quotes_come_with_their_speakers_and_claims_with_their_state() -> None:
    dataset = small()
    claim, appearances = dataset.stated[0]
    state = {"state": ClaimState.DISPUTED, "verdict": Verdict.REFUTED, "rating": "Pants on fire"}
    dataset.stated[0] = (replace(claim, **state), appearances)
    found, losses = page(dataset)
    rows = list(sentences(found))
    assert "It can do … atever we know. | Ada | said | direct, proposed" in rows
    assert "It can do whatever we know. | disputed | refuted | Pants on fire" in rows
    assert any(row.endswith("| CLAIM | see\nthe engine | ") for row in rows)
    assert "Ada Lovelace Q7259" in found
    assert {loss.record for loss in losses.listed} >= {dataset.found[0].id, dataset.tied[0].id}
    assert losses.counts.keys() <= LOST


def test_nothing_of_a_text_becomes_a_tag_or_a_style() -> None:
    evil = '</div><script>alert(1)</script><img src=x onerror="y">&amp;'
    article = new_article(evil, title=evil, language='x"><b>', byline=evil, url="javascript:1")
    label = Label(name=f"{evil}</style>", layer=Layer.ENTITY)
    one = replace(mark(article, "PERSON", (0, 10), note=evil), label=label.id)
    given = Given(labels=(label,), bundles=[Bundle(article=article, annotations=(one,))])
    seen = Seen(page(given)[0])
    assert seen.texts == [evil]
    assert not seen.tags & {"script", "img", "b", "a"}
    assert "javascript" not in " ".join(re.findall(r'href="([^"]*)"', page(given)[0]))


def test_a_page_needs_nothing_from_elsewhere() -> None:
    found, _ = page(small())
    assert "default-src 'none'" in found
    assert not re.search(r"<(?:script|link|img|iframe)|url\(|@import|https?://", found)
    assert "prefers-color-scheme: dark" in found
    assert "@media print" in found
    assert found.count('<li><a href="#a') == 2
    assert "l0" in style_sheet(LABELS)


def test_the_format_goes_out_too() -> None:
    form = format_named("html")
    assert form.write is write_html
    assert form.losses == LOST


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_of_articles_stands_where_there_are_several(count: int) -> None:
    made = [Bundle(article=new_article(f"Text {n}", title=f"No {n}")) for n in range(count)]
    found, _ = page(Given(labels=LABELS, bundles=made))
    assert Seen(found).texts == [f"Text {n}" for n in range(count)]
    assert ("<nav" in found) is (count > 1)
