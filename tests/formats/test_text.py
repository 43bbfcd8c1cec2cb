"""Plain text in: the date before the body, the proposed title, any encoding, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.formats.encoding import decode
from newsdesk.formats.format import Bundle, Problem, Reading
from newsdesk.formats.inputs import BytesInput
from newsdesk.formats.text import TITLE, propose_title, read_text, split_date
from newsdesk.model import Article, NewsdeskError, canonise

STORY = (
    " date 2017-07-22 The harbour was closed on Friday, the council said. Nobody knew why.\n\n"
    "“We were told at six,” said the harbourmaster."
)


def only(raw: bytes, **told: str) -> Bundle:
    (item,) = read_text(BytesInput(raw, "a.txt"), Reading(**told))
    assert isinstance(item, Bundle), item
    return item


def refused(raw: bytes, **told: str) -> Problem:
    (item,) = read_text(BytesInput(raw, "a.txt"), Reading(**told))
    assert isinstance(item, Problem)
    assert item.file == "a.txt"
    return item


def read(raw: bytes, **told: str) -> Article:
    return only(raw, **told).article


def test_the_date_before_the_body_is_no_part_of_the_text() -> None:
    article = read(STORY.encode())
    assert article.published == "2017-07-22"
    assert article.text == STORY.removeprefix(" date 2017-07-22 ")
    assert article.title == "The harbour was closed on Friday, the council said"
    assert article.raw == STORY.encode()
    assert (article.format, article.encoding, article.outlet) == ("text", "utf-8", None)


@pytest.mark.parametrize(
    ("text", "date", "body"),
    [
        ("date 2024-02-29\n\nBody", "2024-02-29", "Body"),
        ("Date:\t2024-02-29 Body", "2024-02-29", "Body"),
        ("date 2023-02-29 Body", None, "date 2023-02-29 Body"),
        ("dated 2024-02-29 Body", None, "dated 2024-02-29 Body"),
        ("The date 2024-02-29 stands", None, "The date 2024-02-29 stands"),
        ("date 2024-02-291 Body", None, "date 2024-02-291 Body"),
    ],
)
def test_only_a_date_that_is_one_counts(text: str, date: str | None, body: str) -> None:
    assert split_date(text) == (body, date)


def test_the_bytes_are_kept_only_where_they_differ_from_the_text() -> None:
    assert read("Só.".encode()).raw is None
    for raw in (b"\xef\xbb\xbfS\xc3\xb3.", b"One\r\ntwo.", "Só.".encode("cp1252")):
        assert read(raw).raw == raw


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short and plain", "Short and plain"),
        ("A headline\n\nThe body. More of it.", "A headline"),
        (
            "Mr. Li and J. R. Hartley met Dr. No. They talked.",
            "Mr. Li and J. R. Hartley met Dr. No.",
        ),
        ("“Is it true?” she asked.", "“Is it true?”"),
        ("It rose by 3.5 per cent. Then it fell.", "It rose by 3.5 per cent."),
        ("\n\n  Spaces\tin  it  ", "Spaces in it"),
        ("x" * 300, "x" * (TITLE - 1) + "…"),
        ("word " * 60, ("word " * 16).strip() + "…"),
    ],
)
def test_the_title_is_the_first_sentence_cut_at_a_word(text: str, title: str) -> None:
    assert propose_title(text) == title
    assert len(title) <= TITLE
    assert only(text.encode()).guessed == {"title"}


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("utf-32-be", b"\0\0\xfe\xff"),
    ],
)
def test_a_byte_order_mark_decides(encoding: str, mark: bytes) -> None:
    text = "Čaj — 茶 — 😀"
    bundle = only(mark + text.encode(encoding))
    assert (bundle.article.text, bundle.article.encoding) == (text, encoding)
    assert "encoding" not in bundle.guessed


FRENCH = "L’été dernier, à Besançon, la fête fut gâchée par la grêle. Où étiez-vous, Noël ? " * 4
RUSSIAN = "Губернатор сообщил, что мост закрыт. Жители недовольны этим решением властей. " * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-16-le"),
        ("Plain words, no mark at all. " * 4, "utf-16-be"),
    ],
)
def test_what_is_not_utf_8_is_guessed_and_marked_so(text: str, encoding: str) -> None:
    bundle = only(text.encode(encoding))
    assert bundle.article.text == text
    assert "encoding" in bundle.guessed


def test_the_editors_choice_overrides_the_guess() -> None:
    raw = "Kőbányai út".encode("iso8859-2")
    bundle = only(raw, encoding="latin2")
    assert bundle.article.text == "Kőbányai út"
    assert bundle.article.encoding == "iso8859-2"
    assert "encoding" not in bundle.guessed


def test_a_choice_that_does_not_fit_is_said() -> None:
    problem = refused("Só".encode("cp1252"), encoding="utf-8")
    assert problem.field == "encoding"
    assert "byte 2" in problem.message
    for nonsense in ("klingon", "hex", "a\0b", "idna"):
        assert "encoding" in refused(b"abc\xff", encoding=nonsense).message


def test_a_long_text_is_told_by_the_lines_that_are_not_ascii() -> None:
    raw = b"Plain words.\n" * 20_000 + FRENCH.encode("cp1252")
    assert decode(raw).text.endswith(FRENCH)


def test_every_byte_is_read_somehow() -> None:
    assert decode(bytes(range(128, 256))).guessed
    assert decode(b"\xff\xfeabc").encoding != "utf-16-le"  # half a character is left


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml", "a Word document"),
        (b"PK\x03\x04" + b"\0" * 26 + b"a.txt", "a zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (b"{\\rtf1\\ansi", "a rich text document"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"SQLite format 3\0" + b"\0" * 84, "an SQLite database"),
        (b"SQLite format 3\0" + b"\0" * 52 + b"NDsk" + b"\0" * 28, "a desk of Newsdesk"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a WebP picture"),
        (b"\0\0\0\x20ftypisom", "a film"),
        (b"  <!DOCTYPE html><p>Hi", "a web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "an XML document"),
        (bytes(range(256)) * 16, "a binary file"),
    ],
)
def test_what_is_no_text_is_refused_by_its_kind(raw: bytes, kind: str) -> None:
    assert kind in refused(raw).message


@pytest.mark.parametrize("raw", [b"", b" \n\t\n", b"date 2024-01-01 ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(raw: bytes) -> None:
    assert "no text" in refused(raw).message


def test_a_stray_nul_does_not_make_a_text_binary() -> None:
    assert read(b"One\0 two three four five.").text == "One\ufffd two three four five."


def test_fifty_megabytes_and_a_line_of_a_million_characters() -> None:
    line = "Grüße 😀 " * 125_000
    assert len(line) == 1_000_000
    assert read(line.encode()).text == line
    raw = ("A paragraph of plain words.\n\n" * 1_800_000).encode()
    assert len(raw) > 50_000_000
    assert len(read(raw).text) == len(raw)


def test_the_choice_of_an_encoding_is_checked_by_name() -> None:
    with pytest.raises(NewsdeskError, match="no encoding “klingon”"):
        decode(b"abc", "klingon")


@given(raw=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-16")))
def test_any_bytes_are_an_article_or_a_refusal(raw: bytes) -> None:
    (item,) = read_text(BytesInput(raw, "a.txt"), Reading())
    if isinstance(item, Bundle):
        assert item.article.text == canonise(item.article.text)
        assert len(item.article.title) <= TITLE
    else:
        assert isinstance(item, Problem)
