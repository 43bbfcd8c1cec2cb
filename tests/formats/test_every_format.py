"""Every reader beside every kind of bad file, and every format that keeps marks in the table of
round trips: a format that is new can't be left out."""

import io
import json
import zipfile

import pytest

from newsdesk.formats import format_named, known_formats
from newsdesk.formats.format import Bundle, Filed, Item, Part, Problem, Reading
from newsdesk.formats.inputs import BytesInput
from newsdesk.model import NewsdeskError
from tests.formats import foreign_samples, test_fuzz_standoff
from tests.formats.returning import MemoryFolder, export
from tests.formats.samples import READ, small
from tests.formats.test_fuzz_articles import WHOLE

READERS = sorted(each.name for each in known_formats() if each.read)
TEXTS = {"text", "markdown", "html", "eml"}
"""What may be any text: they read a file of another kind as the words that stand in it."""
SOUND = {("table", "wrong encoding"), ("table", "broken UTF-8")}
"""Rows in another encoding are rows: it is known by its mark, or guessed and said."""


def packed(*files: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return file.getvalue()


ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b {0}>]><{1}><p>&b;&b;</p></{1}>'
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "{}"><!ENTITY d "{}">]><a>&d;</a>'
ARCHIVED = ("doc.txt", "doc.ann", "doc.xmi", "doc.json", "project.qde", "word/document.xml")
BAD: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\n \t ",
    "zeros": bytes(5_000),
    "picture": b"\x89PNG\r\n\x1a\n" + b"\x01\x02" * 500,
    "random": bytes(range(256)) * 40,
    "wrong encoding": '{"text": "é", "label": []}'.encode("utf-16"),
    "broken UTF-8": b'{"text": "caf\xe9 \xff\xfe \xc3", "spans": []}',
    "deep list": b"[" * 100_000,
    "deep object": b'{"a":' * 100_000,
    "deep XML": b"<a>" * 20_000,
    "entity bomb": LAUGHS.format("&b;" * 50, "&c;" * 50).encode(),
    "entity in RSS": ENTITY.format('"ha"', "rss").encode(),
    "external entity": ENTITY.format('SYSTEM "file:///etc/passwd"', "TEI").encode(),
    "remote type": b'<!DOCTYPE a SYSTEM "http://192.0.2.1/x.dtd"><a/>',
    "zip bomb": packed(*((name, bytes(20_000_000)) for name in ARCHIVED)),
    "zip in a zip": packed(("in.zip", packed(("in.zip", packed(("a.txt", bytes(9_000_000))))))),
    "many files": packed(*((f"{n}.xyz", b"") for n in range(3_000))),
    "parent folder": packed(*((f"../{name}", b"x") for name in ARCHIVED)),
    "absolute path": packed(*((f"/etc/{name}", b"x") for name in ARCHIVED)),
    "Windows' own name": packed(*((f"con/{name}", b"x") for name in ARCHIVED)),
    "end of a zip": b"PK\x05\x06" + bytes(18),
    "one long line": b"x" * 2_000_000,
    "number": b"9" * 5_000,
}


def found_in(name: str, content: bytes) -> list[Item]:
    """What a reader gives; the desk turns a NewsdeskError into a problem of the file."""
    read = format_named(name).read
    assert read is not None
    try:
        return list(read(BytesInput(content, "bad.file"), Reading()))
    except NewsdeskError as error:
        return [Problem(file="bad.file", message=str(error))]


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("name", READERS)
def test_a_bad_file_is_refused_with_its_name_or_read_as_the_words_in_it(
    name: str, kind: str
) -> None:
    found = found_in(name, BAD[kind])
    wrong = [item for item in found if isinstance(item, Problem)]
    for problem in wrong:
        assert str(problem).startswith("bad.file")
        assert problem.message
        assert "crashed" not in problem.message
    articles = [item.article for item in found if isinstance(item, Bundle)]
    assert not any("root:" in article.text or "haha" in article.text for article in articles)
    assert articles or any(problem.blocks for problem in wrong)
    assert not articles or name in TEXTS or (name, kind) in SOUND, articles


def whole_files(name: str) -> dict[str, bytes]:
    """A file, or the files of a folder, that a reader reads without a fault."""
    if name in WHOLE:
        return {"": WHOLE[name]}
    if name == "text":
        return {"": b"Ada said it works.\n\nShe left."}
    if name == "claimreview":
        claim = {"@type": "ClaimReview", "claimReviewed": "It works.", "url": "https://x.example"}
        return {"": json.dumps({"@context": "https://schema.org", **claim}).encode()}
    files, _ = export(format_named(name), small())
    return files if "" in files or len(files) > 1 else {"": next(iter(files.values()))}


@pytest.mark.parametrize("name", READERS)
def test_what_breaks_off_anywhere_is_survived(name: str) -> None:
    files = whole_files(name)
    read = format_named(name).read
    assert read is not None
    longest = max(files, key=lambda one: len(files[one]))
    assert any(isinstance(item, Bundle | Filed) for item in _read(name, files))
    for share in (0.02, 0.3, 0.6, 0.9, 0.995):
        cut = {**files, longest: files[longest][: int(len(files[longest]) * share)]}
        for item in _read(name, cut):
            assert not isinstance(item, Problem) or (item.message and item.file)


def _read(name: str, files: dict[str, bytes]) -> list[Item]:
    if "" in files:
        return found_in(name, files[""])
    read = format_named(name).read
    assert read is not None
    try:
        return list(read(MemoryFolder(files), Reading()))
    except NewsdeskError as error:
        return [Problem(file="set", message=str(error))]


def test_every_format_that_keeps_marks_is_in_the_tables_of_round_trips_and_of_damage() -> None:
    tried = READ.keys() | foreign_samples.FORMATS.keys() | test_fuzz_standoff.FORMATS.keys()
    keeping = {
        each.name
        for each in known_formats()
        if each.read and each.write and Part.ANNOTATIONS not in each.losses
    }
    # A page comes back as an article; tests/formats/test_html_page.py looks at its marks.
    assert keeping - {"html"} <= tried
    assert set(READERS) - tried - WHOLE.keys() == {"text", "claimreview"}
