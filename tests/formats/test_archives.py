"""Archives and XML that were made to do harm: refused before anything is unpacked or expanded."""

import io
import zipfile
from pathlib import Path

import pytest

from newsdesk.formats import archives, xml_reading
from newsdesk.formats.archives import members, open_archive
from newsdesk.formats.inputs import BytesInput, FileInput
from newsdesk.formats.xml_reading import BrokenXML, elements, holds, parse, storable
from newsdesk.model import NewsdeskError


def packed(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> BytesInput:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return BytesInput(held.getvalue(), "set.zip")


def test_members_come_by_name_and_can_be_read_twice() -> None:
    source = packed(("b/ö.txt", b"two"), ("a.txt", b"one"), ("__MACOSX/a.txt", b"-"), (".x", b"-"))
    found = list(open_archive(source))
    assert [each.name for each in found] == ["set.zip/a.txt", "set.zip/b/ö.txt"]
    assert [each.size for each in found] == [3, 3]
    for _ in range(2):
        with found[0].open() as file:
            assert file.read() == b"one"
    assert not list(found[0].members())


def test_large_members_are_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_HELD", 10)
    [member] = open_archive(packed(("a.txt", b"line\n" * 50)))
    with member.open() as file:
        assert file.readline() == b"line\n"
        assert len(file.read()) == 245


def test_members_of_a_folder_and_of_neither(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    assert [each.name for each in members(FileInput(tmp_path, "set"))] == ["set/a.txt"]
    assert not list(members(FileInput(tmp_path / "a.txt")))
    assert len(list(members(packed(("a.txt", b"one"))))) == 1


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "/etc/a.txt", "C:/a.txt", "b\\..\\..\\a.txt", "a/../../b", "C:a", "\\\\host\\a"],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(NewsdeskError, match="leads out"):
        list(open_archive(packed((name, b"x"))))


@pytest.mark.parametrize("name", ["CON", "a/nul.txt", "com1.ann", "LPT9.tar.gz", "aux ", "a\x01b"])
def test_names_that_no_system_takes_are_refused(name: str) -> None:
    with pytest.raises(NewsdeskError, match=r"Windows|no name"):
        list(open_archive(packed((name, b"x"))))


def test_a_zip_bomb_is_refused_by_ratio_size_and_number() -> None:
    bomb = packed(("a.txt", bytes(4_000_000)))
    with pytest.raises(NewsdeskError, match="more than 100 times"):
        list(open_archive(bomb))
    stored = packed(("a.txt", bytes(2_000)), ("b.txt", bytes(2_000)), method=zipfile.ZIP_STORED)
    with pytest.raises(NewsdeskError, match="4,000 bytes"):
        list(open_archive(stored, limit_bytes=3_999))
    with pytest.raises(NewsdeskError, match="2 files"):
        list(open_archive(stored, max_entries=1))


def test_a_dataset_may_have_one_file_that_is_a_quarter_of_what_it_may_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("newsdesk.formats.archives.LIMIT", 1_000)
    stored = packed(("a.txt", bytes(2_000)), method=zipfile.ZIP_STORED)
    assert len(list(open_archive(stored, limit_bytes=8_000))) == 1
    with pytest.raises(NewsdeskError, match="2,000 bytes, and at most 1,000"):
        list(open_archive(stored, limit_bytes=4_000))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(NewsdeskError, match="two files"):
        list(open_archive(packed(("a.txt", b"1"), ("a.txt", b"2"))))


def test_locked_and_damaged_archives_are_named() -> None:
    with packed(("a.txt", b"one two three " * 20)).open() as file:
        whole = file.read()
    at = whole.index(b"PK\x01\x02")
    locked = whole[: at + 8] + b"\x01" + whole[at + 9 :]
    with pytest.raises(NewsdeskError, match="password"):
        list(open_archive(BytesInput(locked, "x.zip")))
    spoilt = bytearray(whole)
    spoilt[40:44] = b"\xff\xff\xff\xff"
    [member] = open_archive(BytesInput(bytes(spoilt), "x.zip"))
    with pytest.raises(NewsdeskError, match="damaged"):
        member.open()
    with pytest.raises(NewsdeskError, match="no zip"):
        list(open_archive(BytesInput(whole[:30], "x.zip")))


BOMB = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "{0}"><!ENTITY c "{1}">]><a>&c;</a>"""


@pytest.mark.parametrize(
    "text",
    [
        BOMB.format("ha" * 50, "&b;" * 50),
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!-- x --><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        '<!DOCTYPE a PUBLIC "x" "http://192.0.2.1/x.dtd"><a/>',
        "<!DOCTYPE a><a/>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_document_type_is_read(text: str, encoding: str) -> None:
    text = text.replace('<?xml version="1.0"?>', "") if encoding == "utf-16" else text
    for read in (parse, lambda source: list(elements(source, ("{*}a",)))):
        with pytest.raises(BrokenXML, match="document type"):
            read(BytesInput(text.encode(encoding), "x.xml"))


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b" \n", b"no xml", b"<a>", b"<a></b>", b"<a>&e;</a>", b"<a>\x01</a>"),
        *(b"<a>\xff</a>", b"<a" * 9_000, b"<a>" * 5_000, b'<?xml version="1.0" encoding="x"?><a/>'),
        *(b"<a b='" + b"x" * 11_000_000 + b"'/>", b"<!--" + b"-" * 2_000_000, b"<a/><b/>"),
    ],
)
def test_broken_xml_is_said_to_be_broken(raw: bytes) -> None:
    for read in (parse, lambda source: list(elements(source, ("{*}a",)))):
        with pytest.raises(BrokenXML) as raised:
            read(BytesInput(raw, "x.xml"))
        assert str(raised.value)


def test_a_document_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BrokenXML, match="longer than 10 bytes"):
        parse(BytesInput(b"<a>" + b"x" * 100 + b"</a>"), limit_bytes=10)
    assert xml_reading.parse(b"<a>b<!-- c --></a>").text == "b"


def test_elements_are_forgotten_after_their_turn() -> None:
    heard: list[int] = []
    raw = b"<r xmlns='u'>" + b"<a><b>x</b></a>" * 1_000 + b"</r>"
    texts = [each.findtext("{u}b") for each in elements(BytesInput(raw), ("{*}a",), heard.append)]
    assert texts == ["x"] * 1_000
    assert sum(heard) == len(raw)


def test_what_xml_can_not_hold_gives_way_one_for_one() -> None:
    assert storable("a\x0bb\ufffec😀\t\n") == ("a\ufffdb\ufffdc😀\t\n", 2)
    assert holds("e\u0301😀\n")
    assert not holds("\x1b")


def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_reading, "find_spec", lambda name: None)
    with pytest.raises(NewsdeskError, match=r"newsdesk\[interop\]"):
        parse(b"<a/>")
