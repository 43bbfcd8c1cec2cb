"""News items of agencies in: ninjs and NewsML-G2, whole and broken."""

import json
from typing import Any

import pytest

from newsdesk.formats import choose
from newsdesk.formats.format import Bundle
from newsdesk.formats.inputs import BytesInput
from tests.formats import documents
from tests.formats.article_readers import only, read, read_here, refused, said
from tests.formats.documents import FIRST, HEAD, SECOND
from tests.formats.test_web_articles import sample

CAPTAIN = "Captain of wrecked cruise ship on trial in Italy"


def ninjs(**fields: Any) -> bytes:
    return json.dumps({"uri": "urn:x:1", "type": "text", **fields}).encode()


def test_ninjs_of_the_first_kind() -> None:
    raw = ninjs(
        headline=HEAD,
        byline="By Bea Holm",
        body_text=FIRST + SECOND,
        body_xhtml=f"<p>{FIRST}</p><p>{SECOND}</p>",
        versioncreated="2024-03-12T10:30:00Z",
        language="en-GB",
        embargoed="2024-03-13T00:00:00Z",
        copyrightholder="Harbour Wire",
        associations={"photo": {}},
    )
    found = read_here("ninjs", raw)
    bundle = only(found)
    article = bundle.article
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (article.title, article.byline, article.language) == (HEAD, "Bea Holm", "en-GB")
    assert article.published == "2024-03-12T10:30:00+00:00"
    assert article.embargo_until == "2024-03-13T00:00:00+00:00"
    assert (bundle.outlet, article.raw) == ("Harbour Wire", raw)
    assert "what goes with it was not imported (1 associated)" in said(found)


@pytest.mark.parametrize("key", ["contenttype", "contentType"])
def test_ninjs_of_the_later_kinds(key: str) -> None:
    raw = ninjs(
        headlines=[{"role": "short", "value": "No"}, {"role": "main", "value": HEAD}],
        bodies=[
            {"role": "main", key: "text/plain", "value": FIRST},
            {"role": "rich", key: "application/xhtml+xml", "value": f"<p>{FIRST}</p><p>x</p>"},
        ],
        subjects=[{"name": "harbours"}],
        infosources=[{"name": "Harbour Wire"}],
        url="https://harbour.example/1",
    )
    bundle = only(read_here("ninjs", raw))
    assert (bundle.article.title, bundle.article.text) == (HEAD, f"{FIRST}\n\nx")
    assert (bundle.article.section, bundle.outlet) == ("harbours", "Harbour Wire")
    assert bundle.article.url == "https://harbour.example/1"


def test_a_list_of_items_is_as_many_articles() -> None:
    one = json.loads(ninjs(body_text=FIRST, headline_main="A"))
    raw = json.dumps([one, {**one, "body_text": SECOND}, 5]).encode()
    found = read_here("ninjs", raw)
    assert [item.article.text for item in found if isinstance(item, Bundle)] == [FIRST, SECOND]
    assert "item 3: it is no news item" in said(found)


def test_ninjs_that_is_none() -> None:
    assert "of the type event: there is no article" in refused("ninjs", ninjs(type="event"))
    assert "no well-formed JSON" in refused("ninjs", ninjs(body_text=FIRST)[:-5])
    assert "no news item" in refused("ninjs", b"5")
    assert "not ninjs" in refused("ninjs", b"%PDF-1.4")
    assert refused("ninjs", b"[" * 100_000)


@pytest.mark.parametrize(
    "name",
    ["1.4-simple-text", "1.4-complex", "2.2-simple-text", "3.1-simple-text", "3.1-complex-text"],
)
def test_official_ninjs(name: str) -> None:
    raw = sample(f"ninjs/{name}.json")
    assert choose(BytesInput(raw, "a.json")).name == "ninjs"
    article = only(read("ninjs", raw)).article
    assert (article.title, article.language) == (CAPTAIN, "en")
    assert article.byline == "Paulo Santalucia and Frances d'Emilio"
    assert article.published == "2013-07-09T10:37:00+00:00"
    assert article.text.count("\n\n") == 3


def test_an_official_event_is_no_article() -> None:
    assert "of the type event" in refused("ninjs", sample("ninjs/3.1-event.json"))


# NewsML-G2


def test_a_news_item() -> None:
    raw = documents.newsml(meta="<embargoed>2024-03-13T00:00:00Z</embargoed>")
    bundle = only(read_here("newsml-g2", raw))
    article = bundle.article
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (article.title, article.byline, bundle.outlet) == (HEAD, "Bea Holm", "Harbour Wire")
    assert (article.published, article.language) == ("2024-03-12T10:30:00+00:00", "en-GB")
    assert article.embargo_until == "2024-03-13T00:00:00+00:00"
    assert article.raw == raw


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<inlineData contenttype="text/plain">One.\n  \nTwo.</inlineData>', "One.\n\nTwo."),
        ('<inlineData contenttype="text/html">&lt;p>One.&lt;/p>Two.</inlineData>', "One.\n\nTwo."),
        (
            '<inlineXML contenttype="application/xhtml+xml"><html '
            'xmlns="http://www.w3.org/1999/xhtml"><head><title>No</title></head><body>'
            "<p>One.</p><p>Two.</p></body></html></inlineXML>",
            "One.\n\nTwo.",
        ),
    ],
)
def test_texts_of_every_kind(content: str, text: str) -> None:
    assert only(read_here("newsml-g2", documents.newsml(content))).article.text == text


def test_a_message_of_several_items() -> None:
    item = documents.newsml().partition(b"\n")[2]
    raw = (
        b'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
        + item
        + item.replace(FIRST.encode(), b"Other.")
        + b"</itemSet></newsMessage>"
    )
    first, second = [one for one in read_here("newsml-g2", raw) if isinstance(one, Bundle)]
    assert first.article.text != second.article.text
    assert second.article.raw is not None
    assert second.article.raw.startswith(b"<newsItem")


def test_items_that_are_no_articles() -> None:
    package = documents.newsml("", name="packageItem")
    assert "it is a package" in refused("newsml-g2", package)
    assert "there is no text in the item" in refused("newsml-g2", documents.newsml(""))
    picture = '<inlineData contenttype="image/png" encoding="base64">aaaa</inlineData>'
    assert "there is no text in the item" in refused("newsml-g2", documents.newsml(picture))
    assert "no NewsML-G2" in refused("newsml-g2", b"<plan/>")
    assert "no news item" in refused(
        "newsml-g2", b'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"/>'
    )
    assert "line 2" in refused("newsml-g2", documents.newsml()[:-20])


def test_entities_do_no_harm_in_newsml() -> None:
    raw = documents.newsml().replace(
        b"\n", b'\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1
    )
    assert "declares a document type" in refused("newsml-g2", raw)


def test_official_newsml() -> None:
    raw = sample("newsml-g2/listing-02-text-document.xml")
    assert choose(BytesInput(raw, "a.xml")).name == "newsml-g2"
    bundle = only(read("newsml-g2", raw))
    assert bundle.article.title == 'Fed to halt QE to avert "bubble"'
    assert bundle.article.byline == "Meredith Jameson, Staff Reporter"
    assert (bundle.outlet, bundle.article.language) == ("Associated Press", "en-US")
    assert bundle.article.text.count("\n\n") == 1


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("listing-01-news-item", "there is no text in the item"),
        ("listing-06-package", "it is a package"),
        ("listing-11-person-concept", "it is a concept"),
        ("listing-14-event-concept", "it is a concept"),
    ],
)
def test_official_newsml_that_holds_no_article(name: str, why: str) -> None:
    assert why in refused("newsml-g2", sample(f"newsml-g2/{name}.xml"))
