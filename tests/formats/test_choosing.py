"""Which format reads a file, what there is to choose from, and plug-ins good and bad."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from newsdesk import formats
from newsdesk.desk import create_desk
from newsdesk.formats.format import FileFormat, Format, Part
from newsdesk.formats.inputs import BytesInput, FileInput
from newsdesk.model import NewsdeskError
from tests.formats.samples import small, written

JSON, JSONL = written(small(), "json"), written(small(), "jsonl")


@pytest.mark.parametrize(
    ("name", "content", "chosen"),
    [
        ("a.txt", b"Plain words.", "text"),
        ("a", b"Plain words.", "text"),
        ("a.md", b"# Plain words.", "markdown"),
        ("A.JSON", JSON, "json"),
        ("a.jsonl", JSONL, "jsonl"),
        ("a.ndjson", JSONL, "jsonl"),
        # What is in a file weighs more than its name.
        ("a.json", JSONL, "jsonl"),
        ("a.jsonl", JSON, "json"),
        ("a.txt", JSON, "json"),
        ("", JSONL, "jsonl"),
        ("a.jsonl", b"\xef\xbb\xbf" + JSONL, "jsonl"),
        # The reader of that suffix says best what is wrong.
        ("a.json", b'{"format": ', "json"),
        ("a.jsonl", b"nonsense", "jsonl"),
    ],
)
def test_a_format_is_chosen_by_suffix_and_first_bytes(
    name: str, content: bytes, chosen: str
) -> None:
    assert formats.choose(BytesInput(content, name)).name == chosen


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.gif", b"GIF89a", "it is a GIF picture, which this Newsdesk does not read"),
        ("a.json", b"\x89PNG\r\n\x1a\n", "it is a PNG picture"),
        ("a.xml", b"<?xml version='1.0'?><plan/>", "it is an XML document"),
        ("a.bin", bytes(range(256)), "it is a binary file"),
    ],
)
def test_what_no_format_reads_is_named(name: str, content: bytes, message: str) -> None:
    with pytest.raises(NewsdeskError, match=message):
        formats.choose(BytesInput(content, name))


def test_a_desk_is_not_imported_but_opened(tmp_path: Path) -> None:
    create_desk(tmp_path / "a.desk", "Ann").close()
    with pytest.raises(NewsdeskError, match=r"a desk of Newsdesk, not an article. Open it"):
        formats.choose(FileInput(tmp_path / "a.desk"))


def test_a_format_can_be_named_outright() -> None:
    assert formats.choose(BytesInput(b"x", "a.json"), "text").name == "text"
    with pytest.raises(NewsdeskError, match=r"no format “poem”.*jsonl, json,.*, text"):
        formats.choose(BytesInput(b"x"), "poem")


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match="can't be read"):
        FileInput(tmp_path / "none.txt")
    with pytest.raises(NewsdeskError, match="no ordinary file"):
        FileInput(Path("/dev/null"))


def test_the_list_of_formats_says_what_each_holds() -> None:
    listed = {each["name"]: each for each in formats.formats()}
    assert {"jsonl", "json", "docx", "html", "table", "text"} <= set(listed)
    for name in ("json", "jsonl"):
        assert listed[name]["reads"]
        assert listed[name]["writes"]
        assert listed[name]["loses"] == []
        assert len(listed[name]["holds"]) == len(Part)
    assert not listed["text"]["writes"]
    assert "annotations" in listed["text"]["loses"]
    assert not any(each["plug_in"] for each in listed.values())


def test_every_format_meets_the_protocol() -> None:
    found: list[Format] = list(formats.known_formats())
    assert all(each.read or each.write for each in found)
    assert all(suffix.startswith(".") for each in found for suffix in each.suffixes)


# Plug-ins


POEM = FileFormat(
    name="poem",
    title="A poem",
    suffixes=(".poem",),
    looks_like=lambda head: head.startswith(b"Roses"),
    read=lambda source, reading: iter(()),
)
NO_FORMAT = object()
TWIN = FileFormat(name="json", title="", suffixes=(), looks_like=lambda head: False)


@pytest.fixture
def plug_ins(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    points = [
        EntryPoint(name, f"tests.formats.test_choosing:{value}", formats.GROUP)
        for name, value in {
            "poem": "POEM",
            "gone": "NOWHERE",
            "none": "NO_FORMAT",
            "twin": "TWIN",
        }.items()
    ]
    missing = EntryPoint("missing", "no_such_module_of_ours:FORMAT", formats.GROUP)

    def found(**asked: Any) -> list[EntryPoint]:
        assert asked == {"group": formats.GROUP}
        return [*points, missing]

    monkeypatch.setattr(formats, "entry_points", found)
    formats._plug_ins.cache_clear()
    yield
    formats._plug_ins.cache_clear()


@pytest.mark.allow_warnings
@pytest.mark.usefixtures("plug_ins")
def test_a_plug_in_is_a_format_like_any_other() -> None:
    assert formats.format_named("poem") is POEM
    assert formats.choose(BytesInput(b"Roses are red", "a.txt")) is POEM
    assert [each["name"] for each in formats.formats() if each["plug_in"]] == ["poem"]


@pytest.mark.usefixtures("plug_ins")
def test_a_plug_in_that_fails_is_named_and_stops_nothing(
    no_unexpected_warning: list[Any],
) -> None:
    failures = {each.name: each.reason for each in formats.failed()}
    assert set(failures) == {"gone", "none", "twin", "missing"}
    assert "AttributeError" in failures["gone"]
    assert "ModuleNotFoundError" in failures["missing"]
    assert "has no name" in failures["none"]
    assert "json already" in failures["twin"]
    assert formats.format_named("json") is not TWIN
    said = [record.getMessage() for record in no_unexpected_warning]
    assert len(said) == 4
    assert all("failed to load" in each for each in said)
    no_unexpected_warning.clear()
