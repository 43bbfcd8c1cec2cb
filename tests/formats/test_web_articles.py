"""Pages, Markdown, feeds, mails and web archives in, whole and broken."""

import gzip
from pathlib import Path

import pytest

from newsdesk.formats import choose
from newsdesk.formats.format import Bundle, Problem
from newsdesk.formats.html_article import read_html
from newsdesk.formats.inputs import BytesInput
from newsdesk.formats.markdown import front_matter
from newsdesk.model import NewsdeskError
from tests.formats import documents
from tests.formats.article_readers import only, read, read_here, refused, said
from tests.formats.documents import FIRST, HEAD, OK, SECOND

SAMPLES = Path(__file__).parents[3] / "shared" / "interop"


def sample(name: str) -> bytes:
    """An official sample; the test is skipped where there is none."""
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"no official sample {name} here")
    return path.read_bytes()


# Pages


def test_the_article_of_a_page_comes_without_its_menus() -> None:
    raw = documents.page(head=documents.ABOUT_PAGE)
    bundle = only(read_here("html", raw))
    article = bundle.article
    assert article.text == f"{HEAD}\n\n{FIRST}\n\n{SECOND}"
    assert (article.title, article.byline, article.published) == (HEAD, "Bea Holm", "2024-03-12")
    assert (bundle.outlet, article.language) == ("The Harbour Post", "en-GB")
    assert (article.url, article.raw) == ("https://harbour.example/storm", raw)
    proposed = {"title", "byline", "published", "outlet", "language", "url"}
    assert bundle.guessed == proposed


def test_a_page_is_read_without_a_file_for_whoever_fetched_it() -> None:
    draft = read_html(documents.page(), "https://harbour.example/x?y=1")
    assert draft.url == "https://harbour.example/x?y=1"
    assert SECOND in draft.text
    with pytest.raises(NewsdeskError, match="there is no text in the page"):
        read_html(b"<html><body><script>draw()</script></body></html>")


def test_lists_tables_and_breaks_of_a_page_stay_readable() -> None:
    body = (
        f"<article><p>{FIRST}</p><ul><li>one</li><li>two</li></ul><p>{SECOND}<br>Then.</p>"
        "<table><tr><th>Pier</th><th>Open</th></tr><tr><td>North</td><td>no</td></tr></table>"
        f"<p>{FIRST}</p></article>"
    )
    text = only(read_here("html", documents.page(body=body))).article.text
    assert "• one\n• two" in text
    assert f"{SECOND}\nThen." in text
    assert "Pier | Open\nNorth | no" in text


def test_where_no_article_stands_out_the_whole_page_is_taken_and_told() -> None:
    found = read_here("html", b"<html><body><nav>Menu</nav><div>Closed.</div></body></html>")
    assert only(found).article.text == "Closed."
    assert "no article stands out" in said(found)


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "iso8859-2"])
def test_the_declared_encoding_of_a_page_counts(charset: str) -> None:
    text = "Přístav" if charset == "iso8859-2" else "Café “Só”"
    body = f"<article><p>{text} {FIRST}</p><p>{SECOND if charset != 'iso8859-2' else FIRST}</p>"
    raw = documents.page(body=body, charset=charset)
    article = only(read_here("html", raw)).article
    assert text in article.text
    assert article.encoding == charset


def test_pages_that_are_none() -> None:
    assert "not a web page" in refused("html", b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "no text in the page" in refused("html", b"<html>")
    assert "no text in the page" in refused("html", b"<html><body></body></html>")
    huge = b"<html>" + b"a" * 20_000_001
    assert "up to 20,000,000 are read" in refused("html", huge)


def test_a_deep_page_does_no_harm() -> None:
    deep = b"<html><body>" + b"<div>" * 50_000 + b"x" * 100
    assert all(isinstance(item, Bundle | Problem) for item in read("html", deep))


def test_a_page_declares_no_entities_that_are_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET")
    raw = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
        f"<html><body><article><p>{FIRST} &x;</p><p>{SECOND}</p></article></body></html>"
    ).encode()
    assert "SECRET" not in only(read("html", raw)).article.text


# Markdown


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    raw = (
        b"# Harbour *closed*\n\nThe **harbour** was\nclosed [on](https://x.example) Friday.\n"
        b"Then  \nno `ferry` came.\n\n- one\n- two\n\n3. three\n4. four\n\n> said so\n\n"
        b"| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nas  it is\n```\n\n<p>In <b>tags</b></p>\n"
    )
    bundle = only(read_here("markdown", raw))
    assert bundle.article.text == (
        "Harbour closed\n\nThe harbour was closed on Friday. Then\nno ferry came.\n\n"
        "• one\n• two\n\n3. three\n4. four\n\nsaid so\n\na | b\n1 | 2\n\nas  it is\n\nIn tags"
    )
    assert bundle.article.title == "Harbour closed"
    assert bundle.guessed == {"title"}
    assert bundle.article.raw == raw


def test_front_matter_names_the_fields() -> None:
    raw = (
        b"---\ntitle: \"Storm: the night\"\nauthors:\n  - Bea Holm\n  - 'Bo Ek'\ndate: 2024-03-12\n"
        b"publication: The Harbour Post\nlang: en_gb\nlink: https://x.example/1\ntags: [a, b]\n"
        b"---\nBody.\n"
    )
    bundle = only(read_here("markdown", raw))
    article = bundle.article
    assert (article.title, article.byline) == ("Storm: the night", "Bea Holm, Bo Ek")
    assert (article.published, article.language) == ("2024-03-12", "en-GB")
    assert (bundle.outlet, article.url) == ("The Harbour Post", "https://x.example/1")
    assert article.text == "Body."
    assert bundle.guessed == frozenset()


def test_front_matter_may_be_toml() -> None:
    fields, body = front_matter('+++\ntitle = "A"\nauthors = ["B", "C"]\n[x]\ny = 1\n+++\nBody')
    assert (fields, body) == ({"title": "A", "byline": "B, C"}, "Body")
    assert front_matter("+++\nnot toml\n+++\nBody") == ({}, "Body")
    assert front_matter("--- no front matter") == ({}, "--- no front matter")


def test_markdown_that_is_none() -> None:
    assert "it is a PDF, not Markdown" in refused("markdown", b"%PDF-1.4")
    assert "there is no text" in refused("markdown", b"---\ntitle: x\n---\n")


def test_markdown_in_another_encoding_is_proposed() -> None:
    found = only(read("markdown", "# Café\n\nNaïve façade, déjà vu.".encode("cp1252")))
    assert found.article.title == "Café"
    assert "encoding" in found.guessed


# Feeds


def test_each_entry_of_a_feed_is_an_article() -> None:
    first, second = [
        item for item in read_here("feed", documents.rss()) if isinstance(item, Bundle)
    ]
    assert first.article.text == f"{FIRST}\n\nNumber 1."
    assert (first.article.title, first.article.byline) == ("Story 1", "Bea Holm")
    assert first.article.published == "2024-03-12T10:30:00+01:00"
    assert (first.outlet, first.article.language) == ("The Harbour Post", "en-GB")
    assert second.article.url == "https://harbour.example/2"
    assert second.article.raw is not None
    assert second.article.raw.startswith(b"<item><title>Story 2")
    assert (first.line, second.line) == (4, 5)


def test_an_atom_feed() -> None:
    bundle = only(read_here("feed", documents.atom()))
    assert (bundle.article.text, bundle.article.byline) == (FIRST, "Bea Holm")
    assert bundle.article.published == "2024-03-12T10:30:00+00:00"


def test_feeds_that_are_broken_or_none() -> None:
    raw = documents.rss()
    cut = raw[: raw.index(b"Story 2") + 40]
    found = read_here("feed", cut)
    assert [item.article.title for item in found if isinstance(item, Bundle)][:1] == ["Story 1"]
    assert "breaks off or is damaged" in said(found)
    assert "no entry in the feed" in refused("feed", documents.rss(""))
    assert "not a feed" in refused("feed", b"%PDF-1.4")
    assert "damaged" in refused("feed", b"<rss><chan")
    empty = "<item><title>Only a headline</title></item>"
    assert "has a headline, but no text (“Only a headline”)" in said(
        read_here("feed", documents.rss(empty))
    )


def test_entities_do_no_harm_in_a_feed() -> None:
    bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;'>]>\n"
    assert "declares entities" in refused("feed", documents.rss(head=bomb))


def test_a_feed_that_names_a_file_is_no_way_to_it(tmp_path: Path) -> None:
    path = tmp_path / "secret.xml"
    path.write_bytes(documents.rss())
    assert refused("feed", str(path).encode())


# Mails


def test_a_mail_is_an_article() -> None:
    raw = documents.eml()
    article = only(read_here("eml", raw)).article
    assert article.text.strip() == f"{FIRST}\n\n{SECOND}"
    assert (article.title, article.byline) == (HEAD, "Bea Holm")
    assert (article.published, article.raw) == ("2024-03-12T10:30:00+01:00", raw)


def test_a_mail_in_html_and_with_attachments() -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["Subject"] = "bea@harbour.example", "Stürm"
    mail["Date"], mail["Message-ID"] = "Tue, 12 Mar 2024 10:30:00 +0000", "<2@x>"
    mail.set_content(f"<div>{FIRST}</div><p>{SECOND}</p>", subtype="html")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="../plan.pdf")
    found = read_here("eml", mail.as_bytes())
    article = only(found).article
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (article.title, article.byline) == ("Stürm", "bea@harbour.example")
    assert "attached to it, and not imported: “../plan.pdf”" in said(found)
    assert "no text in the mail" in refused("eml", documents.eml(body=" "))


def test_flowed_lines_become_one_again() -> None:
    raw = documents.eml(
        body="The harbour \nwas closed.\n\n> a \n> b",
        **{"Content-Type": "text/plain; format=flowed"},
    )
    assert only(read_here("eml", raw)).article.text.startswith("The harbour was closed.\n")


def test_mails_that_are_none() -> None:
    assert "does not begin with the fields" in refused("eml", b"Words, not a mail.")
    assert "not a mail" in refused("eml", b"%PDF-1.4")
    deep = b"From: a@b\nDate: x\nSubject: y\nMIME-Version: 1.0\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(200)
    )
    assert refused("eml", deep)


# Web archives


def test_each_page_of_a_web_archive_is_an_article() -> None:
    raw = documents.warc(
        ("https://harbour.example/1", OK, documents.page(head=documents.ABOUT_PAGE)),
        ("https://harbour.example/2", "HTTP/1.1 404 Gone\r\nContent-Type: text/html", b"<p>no"),
        ("https://harbour.example/3", "HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        ("https://harbour.example/4", OK, b"<html><script>x</script></html>"),
    )
    for content in (raw, b"".join(map(gzip.compress, split(raw)))):
        found = read_here("warc", content)
        bundle = only(found)
        assert bundle.article.url == "https://harbour.example/1"
        assert (bundle.article.byline, bundle.outlet) == ("Bea Holm", "The Harbour Post")
        assert bundle.article.raw == documents.page(head=documents.ABOUT_PAGE)
        assert "record 4 https://harbour.example/4: left out: there is no text" in said(found)
        assert choose(BytesInput(content, "a")).name == "warc"


def split(raw: bytes) -> list[bytes]:
    """The records of a web archive, as each is packed alone."""
    return [b"WARC/1.0" + rest for rest in raw.split(b"WARC/1.0")[1:]]


def test_web_archives_that_are_broken_or_none() -> None:
    raw = gzip.compress(documents.warc(("https://harbour.example/1", OK, documents.page())))
    assert "breaks off within this page" in said(read_here("warc", raw[:-60]))
    assert "not a web archive" in refused("warc", b"Words.")
    none = documents.warc(("https://x.example", "HTTP/1.1 500 No\r\nContent-Type: text/html", b""))
    assert "no captured page" in refused("warc", none)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("warc/example.warc", "Example Domain"),
        ("warc/example.warc.gz", "Example Domain"),
        ("warc/example-resource.warc.gz", "Example Domain"),
        ("warc/example-iana.org-chunked.warc", "Internet Assigned Numbers Authority"),
    ],
)
def test_official_web_archives(name: str, title: str) -> None:
    bundle = only(read("warc", sample(name)))
    assert bundle.article.title == title
    assert bundle.article.url
    assert len(bundle.article.text) > 100


def test_a_mail_that_says_latin_1_keeps_its_quotation_marks() -> None:
    head = documents.eml(body="").replace(b"charset=utf-8", b"charset=iso-8859-1")
    article = only(read_here("eml", head + "„Nein“, sagte sie – müde.".encode("cp1252"))).article
    assert article.text.strip() == "„Nein“, sagte sie – müde."
    assert article.encoding == "windows-1252"
