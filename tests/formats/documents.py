"""Documents for the tests of the article formats, each built here, in our own words."""

import io
import zipfile
from collections.abc import Iterable, Mapping

HEAD = "Harbour closed after storm"
FIRST = "The harbour was closed on Friday, the council said."
SECOND = "“We were told at six,” said Ada Brandt, the harbourmaster."
PARAGRAPHS = (FIRST, SECOND)


def docx(*, title: str = HEAD, paragraphs: Iterable[str] = PARAGRAPHS, author: str = "") -> bytes:
    """A Word document with a heading, paragraphs, a list and a table."""
    import docx as word

    document = word.Document()
    if title:
        document.add_heading(title, level=1)
    for each in paragraphs:
        document.add_paragraph(each)
    document.add_paragraph("no ferries", style="List Bullet")
    document.add_paragraph("no mail", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, said in zip(table._cells, ("Pier", "Open", "North", "no"), strict=True):
        cell.text = said
    document.add_paragraph("The end.")
    document.core_properties.author = author
    return saved(document)


def saved(document: object) -> bytes:
    """The bytes of a python-docx document."""
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


_ODT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt(body: str | None = None, *, meta: str = "", **more: str) -> bytes:
    """An OpenDocument text; `body` and `meta` are XML within their element."""
    if body is None:
        body = f"<text:h>{HEAD}</text:h>" + "".join(f"<text:p>{one}</text:p>" for one in PARAGRAPHS)
    content = (
        f'<?xml version="1.0"?><office:document-content {_ODT}><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    )
    about = (
        f'<?xml version="1.0"?><office:document-meta {_ODT}><office:meta>{meta}</office:meta>'
        "</office:document-meta>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": about,
            **more,
        }
    )


Placed = tuple[float, float, float, str]
"""Left and foot in points, size in points, and the words."""


def pdf(
    pages: Iterable[Iterable[Placed]],
    *,
    info: Mapping[str, str] | None = None,
    locked: bool = False,
) -> bytes:
    """A PDF of pages with words in places; `locked` with a password."""
    streams = [
        "\n".join(
            f"BT /F1 {size} Tf {left} {foot} Td ({_escaped(said)}) Tj ET"
            for left, foot, size, said in page
        ).encode("cp1252")
        for page in pages
    ]
    count = len(streams)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * at)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    trailer = ""
    if info:
        said = " ".join(f"/{name} ({_escaped(value)})" for name, value in info.items())
        objects.append(f"<< {said} >>".encode("cp1252"))
        trailer += f" /Info {len(objects)} 0 R"
    if locked:
        key = "<" + "5a" * 32 + ">"
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >>".encode())
        identity = "<" + "00" * 16 + ">"
        trailer += f" /Encrypt {len(objects)} 0 R /ID [{identity} {identity}]"
    return _assembled(objects, trailer)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(objects: list[bytes], trailer: str) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    size = len(objects) + 1
    out.write(f"trailer << /Size {size} /Root 1 0 R{trailer} >>\n".encode())
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def story_pdf() -> bytes:
    """Two printed pages: a headline, indented paragraphs, divided words, heads and numbers."""

    def page(number: int, lines: list[tuple[float, str]], top: float = 740) -> list[Placed]:
        rows = [(72 + indent, top - 14 * at, 11.0, said) for at, (indent, said) in enumerate(lines)]
        return [
            (72, 800, 8, f"The Harbour Post, issue {100 + number}"),
            *rows,
            (290, 30, 8, str(number)),
        ]

    first: list[tuple[float, str]] = [
        (0, "The harbour was closed on Friday after a storm that no fore-"),
        (0, "cast had seen coming, and the well-known pier was damaged in"),
        (0, "the night."),
        (12, "“We were told at six,” said Ada Brandt, the harbourmaster. It is well-"),
        (0, "known that the pier is old, and that nobody has looked after it in"),
        (0, "years, as the council was told more than once in the winter which"),
    ]
    second: list[tuple[float, str]] = [
        (0, "went before. Nothing came of it, and nobody on the pier was asked"),
        (0, "again."),
        (12, "The council meets on Monday."),
    ]
    return pdf(
        [[(72, 765, 20, "Harbour closed after storm"), *page(1, first)], page(2, second)],
        info={"Title": "Microsoft Word - story.docx", "CreationDate": "D:20240312103000+01'00'"},
    )


def rtf(*, body: str = "") -> bytes:
    """A rich text document."""
    said = body or "\\par ".join(_in_rtf(one) for one in (HEAD, *PARAGRAPHS))
    return (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}}"
        "{\\info{\\title Harbour closed}{\\author Bea Holm}{\\creatim\\yr2024\\mo3\\dy12}}"
        f"\\f0 {said}\\par}}"
    ).encode("ascii")


def _in_rtf(text: str) -> str:
    return "".join(one if one.isascii() else f"\\u{ord(one)}?" for one in text)


def eml(*, body: str = "\n\n".join(PARAGRAPHS), kind: str = "plain", **fields: str) -> bytes:
    """A mail of one part."""
    known = {
        "From": "Bea Holm <bea@harbour.example>",
        "To": "desk@harbour.example",
        "Subject": HEAD,
        "Date": "Tue, 12 Mar 2024 10:30:00 +0100",
        "Message-ID": "<1@harbour.example>",
        "MIME-Version": "1.0",
        "Content-Type": f"text/{kind}; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        **fields,
    }
    head = "".join(f"{name}: {said}\r\n" for name, said in known.items())
    return f"{head}\r\n{body}\r\n".encode()


def page(
    *, body: str | None = None, head: str = "", language: str = "en-GB", charset: str = "utf-8"
) -> bytes:
    """A web page with a menu, an article and a notice."""
    if body is None:
        body = f"<article><h1>{HEAD}</h1><p>{FIRST}</p><p>{SECOND}</p></article>"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="{charset}">'
        f"<title>{HEAD} | The Harbour Post</title>{head}</head><body>"
        f"<nav><ul><li><a href=/>Home</a></li><li><a href=/s>Sport</a></li></ul></nav>{body}"
        "<footer>Copyright 2019 The Harbour Post</footer></body></html>"
    ).encode(charset, "xmlcharrefreplace")


ABOUT_PAGE = (
    '<meta property="og:title" content="Harbour closed after storm">'
    '<meta property="og:site_name" content="The Harbour Post">'
    '<meta name="author" content="Bea Holm">'
    '<meta property="article:published_time" content="2024-03-12T10:30:00Z">'
    '<link rel="canonical" href="https://harbour.example/storm">'
)


def rss(items: str | None = None, *, head: str = "") -> bytes:
    """An RSS feed of two entries."""
    if items is None:
        items = "".join(
            f"<item><title>Story {number}</title><link>https://harbour.example/{number}</link>"
            "<pubDate>Tue, 12 Mar 2024 10:30:00 +0100</pubDate><author>Bea Holm</author>"
            f"<description><![CDATA[<p>{FIRST}</p><p>Number {number}.</p>]]></description></item>\n"
            for number in (1, 2)
        )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{head}<rss version="2.0"><channel>\n'
        f"<title>The Harbour Post</title><language>en-gb</language>\n{items}</channel></rss>\n"
    ).encode()


def atom() -> bytes:
    """An Atom feed of one entry."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Harbour Post</title>'
        "<id>urn:x:1</id><updated>2024-03-12T10:30:00Z</updated><entry><id>urn:x:2</id>"
        f"<title>{HEAD}</title><published>2024-03-12T10:30:00Z</published>"
        "<updated>2024-03-13T10:30:00Z</updated><author><name>Bea Holm</name></author>"
        f'<content type="text">{FIRST}</content><link href="https://harbour.example/2"/>'
        "</entry></feed>"
    ).encode()


def newsml(content: str | None = None, *, name: str = "newsItem", meta: str = "") -> bytes:
    """A NewsML-G2 item."""
    if content is None:
        content = (
            '<inlineXML contenttype="application/nitf+xml">'
            '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head>'
            f"<hedline><hl1>{HEAD}</hl1></hedline></body.head><body.content><p>{FIRST}</p>"
            f"<p>{SECOND}</p></body.content></body></nitf></inlineXML>"
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} '
        'xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="1" '
        'standard="NewsML-G2" standardversion="2.35" xml:lang="en-GB">'
        "<itemMeta><provider><name>Harbour Wire</name></provider>"
        f"<versionCreated>2024-03-12T10:30:00Z</versionCreated>{meta}</itemMeta>"
        f"<contentMeta><headline>{HEAD}</headline><by>By Bea Holm</by></contentMeta>"
        f"<contentSet>{content}</contentSet></{name}>"
    ).encode()


def warc(*captures: tuple[str, str, bytes]) -> bytes:
    """A web archive: of each capture the address, the HTTP headers' first lines, and the body."""
    records = b""
    for number, (url, lines, body) in enumerate(captures, 1):
        http = f"{lines}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
            f"WARC-Date: 2024-03-12T10:30:00Z\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n"
        )
        records += head.encode() + b"\r\n" + http + b"\r\n\r\n"
    return records


OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8"
