"""Documents in: Word, OpenDocument, RTF and PDF, whole and broken."""

import io

import pytest

from newsdesk.formats import choose
from newsdesk.formats.inputs import BytesInput
from newsdesk.formats.pdf_lines import Line, headline_of, paragraphs_of, without_margins
from tests.formats import documents
from tests.formats.article_readers import only, read, read_here, refused, said
from tests.formats.documents import FIRST, HEAD, SECOND

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


# Word


def test_a_word_document_keeps_its_order_lists_and_tables() -> None:
    raw = documents.docx(author="Bea Holm")
    bundle = only(read_here("docx", raw))
    assert bundle.article.text == (
        f"{HEAD}\n\n{FIRST}\n\n{SECOND}\n\n• no ferries\n• no mail\n\n"
        "Pier | Open\nNorth | no\n\nThe end."
    )
    assert (bundle.article.title, bundle.article.byline) == (HEAD, "Bea Holm")
    assert bundle.article.raw == raw
    assert {"title", "byline"} <= bundle.guessed


def test_the_first_lines_say_who_wrote_it_and_when() -> None:
    raw = documents.docx(paragraphs=["By Ada Brandt and Bo Ek", "12 March 2024", FIRST])
    bundle = only(read_here("docx", raw))
    assert (bundle.article.byline, bundle.article.published) == (
        "Ada Brandt and Bo Ek",
        "2024-03-12",
    )
    assert bundle.article.text.startswith(f"{HEAD}\n\nBy Ada Brandt")


def changed(xml: str) -> bytes:
    """A Word document with one more paragraph, of this XML."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document(io.BytesIO(documents.docx()))
    document.element.body.insert(0, parse_xml(f'<w:p xmlns:w="{WORD}">{xml}</w:p>'))
    return documents.saved(document)


def test_tracked_changes_are_taken_as_accepted_and_told() -> None:
    raw = changed(
        '<w:r><w:t xml:space="preserve">The pier is </w:t></w:r>'
        '<w:del w:id="1"><w:r><w:delText>open</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>closed</w:t></w:r></w:ins>'
        "<w:r><w:tab/><w:t>now</w:t><w:br/><w:t>and</w:t></w:r>"
    )
    found = read_here("docx", raw)
    assert only(found).article.text.startswith("The pier is closed\tnow\nand\n\n")
    assert "tracked changes" in said(found)


def test_content_controls_are_read_too() -> None:
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f'<w:sdt xmlns:w="{WORD}"><w:sdtContent><w:p><w:r><w:t>Within.</w:t></w:r></w:p>'
            "</w:sdtContent></w:sdt>"
        ),
    )
    assert only(read_here("docx", documents.saved(document))).article.text == "Within."


def test_word_documents_that_are_none() -> None:
    raw = documents.docx()
    assert "damaged Word document" in refused("docx", raw[: len(raw) // 2])
    assert "a PNG picture, not a Word document" in refused("docx", b"\x89PNG\r\n\x1a\n")
    assert "no Word document" in refused("docx", documents.zipped({"a.txt": "x"}))
    assert "plain text, not a Word document" in refused("docx", b"Words.")
    locked = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(400)
    assert "locked with a password" in refused("docx", locked)
    assert "save it as .docx" in refused("docx", OLE)
    assert choose(BytesInput(OLE, "old.doc")).name == "docx"


def test_a_word_document_that_unpacks_to_harm_is_refused() -> None:
    bomb = documents.zipped({"word/document.xml": bytes(30_000_000), "[Content_Types].xml": "x"})
    assert "may be made to do harm" in refused("docx", bomb)
    many = documents.zipped({"word/document.xml": "x"} | {f"{n}.xml": "x" for n in range(2_001)})
    assert "2,002 files" in refused("docx", many)
    assert "leads out of the archive" in refused("docx", documents.zipped({"../word/x.xml": "x"}))


def test_a_document_without_a_word_is_refused() -> None:
    import docx

    assert "there is no text in it" in refused("docx", documents.saved(docx.Document()))


# OpenDocument


def test_an_opendocument_text() -> None:
    raw = documents.odt(
        f"<text:h>{HEAD}</text:h>"
        "<text:p>One<text:s text:c='2'/>two<text:tab/>three<text:line-break/>four"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>As told.</text:p></text:note-body></text:note></text:p>"
        "<text:list><text:list-item><text:p>a</text:p></text:list-item>"
        "<text:list-item><text:p>b</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell>"
        "<table:table-cell><text:p>d</text:p></table:table-cell></table:table-row></table:table>"
        "<office:annotation><text:p>unseen</text:p></office:annotation>",
        meta="<dc:title>Other</dc:title><meta:initial-creator>Bea Holm</meta:initial-creator>"
        "<meta:creation-date>2024-03-12T10:00:00.5</meta:creation-date>"
        "<dc:language>en-GB</dc:language>",
    )
    bundle = only(read_here("odt", raw))
    article = bundle.article
    assert (
        article.text == f"{HEAD}\n\nOne  two\tthree\nfour[1]\n\n• a\n• b\n\nc | d\n\n[1] As told."
    )
    assert (article.title, article.byline) == (HEAD, "Bea Holm")
    assert (article.published, article.language) == ("2024-03-12", "en-GB")
    assert article.raw == raw


def test_opendocument_files_that_are_none() -> None:
    raw = documents.odt()
    assert "damaged document" in refused("odt", raw[:-40])
    assert "not an OpenDocument text" in refused("odt", b"%PDF-1.4")
    assert "no OpenDocument text" in refused("odt", documents.zipped({"a": "x"}))
    locked = documents.odt(**{"META-INF/manifest.xml": "<m><encryption-data/></m>"})
    assert "locked with a password" in refused("odt", locked)


def test_entities_do_no_harm_in_an_opendocument_text() -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    for content in (entity, outside):
        raw = documents.zipped({"content.xml": content})
        assert "declares a document type" in refused("odt", raw)


def test_a_deep_opendocument_text_is_refused() -> None:
    deep = "<text:section>" * 5_000 + "</text:section>" * 5_000
    assert refused("odt", documents.odt(deep))


# RTF


def test_a_rich_text_document() -> None:
    raw = documents.rtf()
    article = only(read_here("rtf", raw)).article
    assert article.text == f"{HEAD}\n\n{FIRST}\n\n{SECOND}"
    assert (article.title, article.byline) == ("Harbour closed", "Bea Holm")
    assert (article.published, article.raw) == ("2024-03-12", raw)


def test_the_code_page_of_a_rich_text_document() -> None:
    raw = b"{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2\\par}"
    assert only(read_here("rtf", raw)).article.text == "Привет"


def test_rich_text_documents_that_are_none() -> None:
    assert "cut off" in refused("rtf", documents.rtf()[:-10])
    assert "not a rich text document" in refused("rtf", b"Words.")
    assert "no text" in refused("rtf", b"{\\rtf1}")


# PDF


def test_a_pdf_becomes_paragraphs() -> None:
    raw = documents.story_pdf()
    found = read_here("pdf", raw)
    bundle = only(found)
    assert bundle.article.text == (
        "Harbour closed after storm\n\n"
        "The harbour was closed on Friday after a storm that no forecast had seen coming, and the "
        "well-known pier was damaged in the night.\n\n"
        "“We were told at six,” said Ada Brandt, the harbourmaster. It is well-known that the pier "
        "is old, and that nobody has looked after it in years, as the council was told more than "
        "once in the winter which went before. Nothing came of it, and nobody on the pier was "
        "asked again.\n\n"
        "The council meets on Monday."
    )
    assert bundle.article.title == HEAD
    assert bundle.article.published == "2024-03-12T10:30:00+01:00"
    assert bundle.article.raw == raw
    assert "4 lines that stand on most pages were left out" in said(found)


def test_the_title_that_a_pdf_gives_itself_is_taken_where_it_is_one() -> None:
    page = [(72.0, 700.0, 11.0, FIRST)]
    raw = documents.pdf([page], info={"Title": "The storm", "Author": "Bea Holm"})
    article = only(read_here("pdf", raw)).article
    assert (article.title, article.byline) == ("The storm", "Bea Holm")


def test_pdfs_that_are_none() -> None:
    raw = documents.story_pdf()
    assert "pages are pictures. Run text recognition" in refused("pdf", documents.pdf([[], []]))
    locked = documents.pdf([[(72, 700, 11, "x")]], locked=True)
    assert "locked with a password" in refused("pdf", locked)
    assert "damaged or cut off" in refused("pdf", b"%PDF-1.4\n" + bytes(200))
    assert refused("pdf", raw[:300])
    assert "not a PDF" in refused("pdf", b"Words.")


def test_a_page_without_text_among_others_is_told() -> None:
    found = read("pdf", documents.pdf([[(72, 700, 11, FIRST)], []]))
    assert only(found).article.text == FIRST
    assert "no text on page 2" in said(found)


def lines(*texts: str, left: float = 72.0, size: float = 11.0) -> list[Line]:
    return [
        Line(text, left, left + 5 * len(text), 700 - 14 * at, 700 - 14 * at + size)
        for at, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("texts", "together"),
    [
        (("a fore-", "cast of it"), "a forecast of it"),
        (
            ("the well-known", "pier is well-", "known here"),
            "the well-known pier is well-known here",
        ),
        (("in 2023-", "2024 it was"), "in 2023-2024 it was"),
        (("the Franco-", "German pier"), "the Franco-German pier"),
        (("a soft\u00ad", "ened blow"), "a softened blow"),
        (("no –", "not here"), "no – not here"),
    ],
)
def test_divided_words_are_joined(texts: tuple[str, ...], together: str) -> None:
    assert paragraphs_of([lines(*texts)]) == [together]


def test_heads_and_numbers_go_and_the_text_stays() -> None:
    own = (["It snowed.", "It froze."], ["It thawed.", "It rained."])
    pages = [lines(f"The Post {n}", *said, str(n)) for n, said in enumerate(own)]
    kept, gone = without_margins(pages)
    assert gone == 4
    assert [[line.text for line in page] for page in kept] == list(own)
    assert without_margins(pages[:1]) == (pages[:1], 0)


def test_a_headline_stands_out() -> None:
    page = [Line("Big words", 72, 200, 760, 784), *lines("small", "words")]
    assert headline_of([page]) == "Big words"
    assert headline_of([lines("same", "size")]) == ""
    assert headline_of([]) == ""


def test_a_long_paragraph_is_joined_in_time() -> None:
    many = [
        Line("word " * 12 + "fore-", 72, 400, -14.0 * at, 11 - 14.0 * at) for at in range(9_000)
    ]
    (said,) = paragraphs_of([many])
    assert said.count("fore") == 9_000
    assert paragraphs_of([[Line("a" * 200_000, 72, 400, 0, 11), *lines("b")]])


def test_footnotes_follow_the_text_that_refers_to_them() -> None:
    import zipfile

    raw = changed('<w:r><w:t>Told</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>')
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2"><w:p><w:r><w:t>By Ada.</w:t></w:r>'
        "</w:p></w:footnote></w:footnotes>"
    ).encode()
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.wordprocessingml.footnotes+xml"/></Types>',
    )
    relations = "word/_rels/document.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    files[relations] = files[relations].replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode(),
    )
    text = only(read_here("docx", documents.zipped(files))).article.text
    assert text.startswith("Told[1]\n\n")
    assert text.endswith("\n\n[1] By Ada.")


def test_paragraphs_of_one_line_each_stay_apart() -> None:
    said = ("By Bea Holm", "12 March 2024", FIRST, "Bus 7.", SECOND)
    rows = [(72, 700 - 24 * at, 11, one) for at, one in enumerate(said)]
    found = only(read_here("pdf", documents.pdf([rows], info={"Author": "a program"})))
    assert found.article.text.split("\n\n") == list(said)
    assert (found.article.byline, found.article.published) == ("Bea Holm", "2024-03-12")


def test_double_spaced_lines_are_one_paragraph() -> None:
    words = FIRST.replace(" was", " in the old town was")
    lines = [words[:24].rstrip(), words[24:].lstrip()[:30], *SECOND.split(" said ")]
    rows = [(72, 700 - 24 * at, 11, f"{one:x<40}") for at, one in enumerate(lines)]
    assert "\n" not in only(read_here("pdf", documents.pdf([rows]))).article.text
