"""Evidence from end to end: copies by hash, passages that stand in them, and what falls."""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.desk import Desk, capturing, open_desk
from newsdesk.desk.capturing import (
    capture_file,
    capture_from_archive,
    capture_page,
    captured,
    kind_of,
    pages_in,
)
from newsdesk.desk.evidencing import (
    archive,
    cite,
    drop_evidence,
    fallen_passages,
    keep,
    recheck,
)
from newsdesk.model import (
    Claim,
    ClaimState,
    Evidence,
    NewsdeskError,
    Snapshot,
    Stance,
    Verdict,
    replace,
)
from tests.fetch.server import Server, served, whole

PAGE = (
    b"<html><head><title>Minutes &amp; notes</title>"
    b'<meta property="og:site_name" content="Halden Council"></head>'
    b"<body><nav>Home</nav><script>the board refused</script>"
    b"<p>The board <b>agreed</b> the sale.</p><li>On 3&nbsp;May</li></body></html>"
)
WORDS = "The board agreed the sale."
PACKED = "Content-Encoding: gzip"
YES = Stance.SUPPORTS


@pytest.fixture
def claim(desk: Desk) -> Claim:
    with desk.change("Claim"):
        return desk.put(Claim(statement="The board agreed."))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.html"
    path.write_bytes(PAGE)
    return path


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with served(monkeypatch) as found:
        yield found


def pdf(words: str) -> bytes:
    """A PDF of one page with these words."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    tail = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + head + table + tail


# Copies


def test_a_saved_page_is_kept_by_its_hash_with_type_time_and_title(
    desk: Desk, claim: Claim, page: Path
) -> None:
    made = cite(desk, claim, YES, WORDS, capture=capture_file(page))
    assert (made.title, made.publisher) == ("Minutes & notes", "Halden Council")
    kept = desk.get(Snapshot, made.snapshot or "")
    assert kept.bytes == PAGE and kept.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert kept.media_type == "text/html" and kept.captured_at.endswith("Z")
    assert fallen_passages(desk, [made]) == {}


def test_copy_and_evidence_are_one_step_and_one_undo(
    desk: Desk, claim: Claim, page: Path
) -> None:
    steps = len(desk.log())
    cite(desk, claim, YES, WORDS, capture=capture_file(page))
    assert len(desk.log()) == steps + 1
    desk.undo()
    assert desk.count(Snapshot) == desk.count(Evidence) == 0
    desk.redo()
    assert desk.count(Snapshot) == desk.count(Evidence) == 1


def test_the_same_bytes_are_kept_once_and_go_with_the_last_evidence(
    desk: Desk, claim: Claim, page: Path
) -> None:
    first = cite(desk, claim, YES, WORDS, capture=capture_file(page))
    again = cite(desk, claim, YES, "On 3 May", capture=capture_file(page))
    assert first.snapshot == again.snapshot and desk.count(Snapshot) == 1
    drop_evidence(desk, first)
    assert desk.count(Snapshot) == 1
    drop_evidence(desk, again)
    assert desk.count(Snapshot) == 0
    desk.undo()
    assert desk.count(Snapshot) == 1


def test_evidence_that_a_claim_was_signed_on_stays(desk: Desk, claim: Claim, page: Path) -> None:
    made = cite(desk, claim, YES, WORDS, capture=capture_file(page))
    with desk.change("Signed"):
        desk.put(replace(claim, state=ClaimState.VERIFIED, verdict=Verdict.SUPPORTED))
    with pytest.raises(NewsdeskError, match="reopen the claim first"):
        drop_evidence(desk, made)
    assert desk.count(Evidence) == desk.count(Snapshot) == 1


def test_what_others_lean_on_can_t_be_undone_under_them(
    desk: Desk, claim: Claim, page: Path, tmp_path: Path
) -> None:
    cite(desk, claim, YES, WORDS, capture=capture_file(page))
    other = open_desk(tmp_path / "a.desk", "Bea")
    cite(other, claim, YES, "On 3 May", capture=capture_file(page))
    desk.catch_up()
    with pytest.raises(NewsdeskError, match="made since refer to what it would take away"):
        desk.undo()
    assert desk.count(Evidence) == 2 and desk.count(Snapshot) == 1
    other.undo()
    other.close()
    desk.undo()
    assert desk.count(Evidence) == desk.count(Snapshot) == 0
    assert list(desk.check()) == []


def test_a_passage_that_does_not_stand_keeps_neither(
    desk: Desk, claim: Claim, page: Path
) -> None:
    steps = len(desk.log())
    for words in ("the board refused", "<b>agreed</b>", "Home The board", "the board agreed"):
        with pytest.raises(NewsdeskError, match="not saved"):
            cite(desk, claim, YES, words, capture=capture_file(page), prefix="Nav")
    assert desk.count(Snapshot) == 0 and len(desk.log()) == steps


def test_a_pdf_is_read_in_the_confined_process(desk: Desk, claim: Claim, tmp_path: Path) -> None:
    path = tmp_path / "minutes"
    path.write_bytes(pdf(WORDS))
    made = cite(desk, claim, YES, "agreed the sale", capture=capture_file(path))
    assert desk.get(Snapshot, made.snapshot or "").media_type == "application/pdf"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing of it")
    found = capture_file(broken)
    assert found.text is None and "can't be read" in found.why
    with pytest.raises(NewsdeskError, match="can't be read"):
        cite(desk, claim, YES, "agreed", capture=found)


def test_a_hostile_document_is_opened_once_and_not_by_the_verb(
    desk: Desk, claim: Claim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing of it at all")
    found = capture_file(path)
    monkeypatch.setattr(capturing, "_words", lambda snapshot: pytest.fail("opened again"))
    with pytest.raises(NewsdeskError, match="can't be read"):
        cite(desk, claim, YES, "agreed", capture=found)
    assert desk.count(Snapshot) == desk.count(Evidence) == 0


def test_plain_text_in_any_encoding_is_read(desk: Desk, claim: Claim, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("Das Gremium stimmte für den Verkauf, sagte Zoë Öztürk.".encode("cp1252"))
    found = capture_file(path)
    assert found.title == "note.txt"
    cite(desk, claim, YES, "stimmte für den Verkauf", capture=found)


def test_a_picture_holds_no_passage(desk: Desk, claim: Claim, tmp_path: Path) -> None:
    path = tmp_path / "shot.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(60))
    found = capture_file(path)
    assert found.text is None and found.snapshot.media_type == "image/jpeg"
    with pytest.raises(NewsdeskError, match="image/jpeg, in which no words"):
        cite(desk, claim, YES, "agreed", capture=found)


def test_files_that_can_t_be_copies_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    with pytest.raises(NewsdeskError, match="is empty"):
        capture_file(tmp_path / "empty.html")
    with pytest.raises(NewsdeskError, match="can't be read"):
        capture_file(tmp_path / "gone.html")
    with pytest.raises(NewsdeskError, match="is a folder"):
        capture_file(tmp_path)
    with (tmp_path / "long.txt").open("wb") as file:
        file.truncate(10_000_001)
    with pytest.raises(NewsdeskError, match="10,000,001 bytes"):
        capture_file(tmp_path / "long.txt")


@pytest.mark.parametrize(
    ("data", "declared", "suffix", "kind"),
    [
        (b"%PDF-1.7", "application/octet-stream", "", "application/pdf"),
        (b"%PDF-1.7", "text/html", ".html", "application/pdf"),
        (b"<!doctype html><p>", "", "", "text/html"),
        (b"<!doctype html><p>", "text/html; charset=koi8-r", "", "text/html; charset=koi8-r"),
        (b"<p>half", "", ".htm", "text/html"),
        (b"Subject: x\n\nHello", "", ".eml", "message/rfc822"),
        (b"hello", "", "", "text/plain; charset=utf-8"),
        (b"\xff\xfeh\0i\0", "", "", "text/plain; charset=utf-16-le"),
        (b"\0\1\2\3\4\5\6\7", "", "", "application/octet-stream"),
        (b"x", "text/plain\r\nX-Header: 1", "", "text/plain X-Header: 1"),
    ],
)
def test_the_kind_is_told_by_the_bytes_then_by_what_is_said(
    data: bytes, declared: str, suffix: str, kind: str
) -> None:
    assert kind_of(data, declared, suffix=suffix) == kind


def test_a_fetched_page_keeps_where_it_was_and_what_the_server_said(
    desk: Desk, claim: Claim, web: Server
) -> None:
    header = "Content-Type: text/html; charset=utf-8"
    web.answers["/m"] = whole(PAGE, header, "Last-Modified: Mon, 03 May 2027 10:00:00 GMT")
    heard: list[int] = []
    found = capture_page(web.url("/m"), report=lambda done, total: heard.append(total))
    assert len(PAGE) in heard
    made = cite(desk, claim, YES, WORDS, capture=found)
    kept = desk.get(Snapshot, made.snapshot or "")
    assert made.url == kept.url == web.url("/m")
    assert ["Last-Modified", "Mon, 03 May 2027 10:00:00 GMT"] in kept.extra["http"]["headers"]


# What falls


def damage(place: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(place) as db:
        db.execute(statement, values)
    db.close()


def test_a_copy_that_differs_from_its_hash_is_refused_and_found(
    desk: Desk, claim: Claim, page: Path, tmp_path: Path
) -> None:
    made = cite(desk, claim, YES, WORDS, capture=capture_file(page))
    damage(tmp_path / "a.desk", "UPDATE snapshot SET bytes = ?", PAGE.replace(b"sale", b"site"))
    (fallen,) = recheck(desk)
    assert (fallen.claim, fallen.statement) == (claim.id, claim.statement)
    assert fallen.evidence == made.id
    assert f"snapshot {made.snapshot} is damaged" in fallen.why
    findings = " ".join(f"{one.where} {one.what}" for one in desk.check())
    assert f"Snapshot {made.snapshot} can't be read" in findings
    with pytest.raises(NewsdeskError, match="damaged"):
        cite(desk, claim, YES, "agreed", snapshot=made.snapshot)
    with pytest.raises(NewsdeskError, match="damaged"):
        archive(desk, tmp_path / "out.warc")
    assert not (tmp_path / "out.warc").exists()


def test_bytes_with_another_hash_are_no_snapshot_at_all() -> None:
    with pytest.raises(ValueError, match="differ from their SHA-256"):
        Snapshot(
            sha256="0" * 64, media_type="text/plain", bytes=b"x", captured_at="2026-01-01T00:00:00Z"
        )


def test_a_recheck_names_what_fell_and_passes_over_what_stands(
    desk: Desk, claim: Claim, page: Path, article
) -> None:
    good = cite(desk, claim, YES, WORDS, capture=capture_file(page))
    bad = Evidence(claim=claim.id, stance=YES, exact="It never said", article=article.id)
    with desk.change("From elsewhere"):
        desk.put(bad)
    assert [one.evidence for one in recheck(desk)] == [bad.id]
    assert [one.evidence for one in recheck(desk, claim.id)] == [bad.id]
    assert list(fallen_passages(desk, [good, bad])) == [bad.id]


# Archives


def test_archives_hold_pages_and_files_in_the_same_bytes_each_time(
    desk: Desk, claim: Claim, page: Path, web: Server, tmp_path: Path
) -> None:
    web.answers["/m"] = whole(PAGE + b"!", "Content-Type: text/html", "Server: Böckli")
    cite(desk, claim, YES, WORDS, capture=capture_page(web.url("/m")))
    cite(desk, claim, YES, WORDS, capture=capture_file(page))
    outs = [tmp_path / name for name in ("a.warc", "b.warc", "c.warc.gz", "d.warc.gz")]
    assert [archive(desk, out).copies for out in outs] == [2, 2, 2, 2]
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert outs[2].read_bytes() == outs[3].read_bytes()
    assert gunzipped(outs[2].read_bytes()) == outs[0].read_bytes()
    pages = pages_in(outs[2])
    assert pages[0] == web.url("/m") and pages[1].startswith("urn:uuid:")
    back = [capture_from_archive(outs[2], url).snapshot for url in pages]
    before = sorted(desk.find(Snapshot), key=lambda one: one.id)
    assert [one.sha256 for one in back] == [one.sha256 for one in before]
    assert [one.url for one in back] == [one.url for one in before]
    assert [one.media_type for one in back] == [one.media_type for one in before]
    assert [one.captured_at[:23] for one in back] == [one.captured_at[:23] for one in before]


def test_warcio_reads_every_record_and_its_digests_hold(
    desk: Desk, claim: Claim, page: Path, web: Server, tmp_path: Path
) -> None:
    iterator = pytest.importorskip("warcio.archiveiterator")
    web.answers["/m"] = whole(gzip.compress(PAGE), "Content-Type: text/html", PACKED)
    cite(desk, claim, YES, WORDS, capture=capture_page(web.url("/m")))
    (tmp_path / "note.txt").write_text("The board agreed.", encoding="utf-8")
    cite(desk, claim, YES, "agreed", capture=capture_file(tmp_path / "note.txt"))
    for name in ("a.warc", "a.warc.gz"):
        archive(desk, tmp_path / name)
        with (tmp_path / name).open("rb") as file:
            records = []
            for one in iterator.ArchiveIterator(file, check_digests="raise"):
                records.append((one.rec_type, one.rec_headers, one.http_headers))
                records[-1] += (one.content_stream().read(),)
                assert one.digest_checker.passed is not False
        kinds = [kind for kind, *_ in records]
        assert kinds == ["warcinfo", "response", "resource"]
        assert all(headers.protocol == "WARC/1.1" for _, headers, *_ in records)
        assert b"software: Newsdesk" in records[0][3]
        _, headers, http, data = records[1]
        assert data == PAGE and http.get_header("Content-Type") == "text/html"
        assert http.get_statuscode() == "200" and http.get_header("Content-Encoding") is None
        assert headers.get_header("WARC-Target-URI") == web.url("/m")
        assert records[2][1].get_header("Content-Type") == "text/plain; charset=utf-8"
        assert records[2][3] == b"The board agreed."


def gunzipped(data: bytes) -> bytes:
    """The members of a packed file, each of which must be one record."""
    out = b""
    while data:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        record = unpacker.decompress(data)
        assert record.startswith(b"WARC/1.1\r\n") and record.endswith(b"\r\n\r\n")
        out, data = out + record, unpacker.unused_data
    return out


def test_what_a_dataset_brought_is_written_without_harm(desk: Desk, claim: Claim, tmp_path) -> None:
    odd = captured(
        b"x y",
        "text/plain\r\nWARC-Type: warcinfo",
        url="https://press.example/\r\nWARC-Type: metadata",
        at="2026-01-01T10:00:00+02:00",
        extra={"http": {"status": "200\r\nX: 1", "headers": [["A\r\nB", "c\r\nd"], "no pair", 7]}},
    )
    with desk.change("Import"):
        kept = keep(desk, odd.snapshot)
        desk.put(Evidence(claim=claim.id, stance=YES, exact="x y", snapshot=kept.id))
    archive(desk, tmp_path / "odd.warc")
    text = (tmp_path / "odd.warc").read_bytes().decode()
    assert text.count("\r\nWARC-Type: ") == 2
    assert "WARC-Date: 2026-01-01T08:00:00.000000Z" in text
    (address,) = pages_in(tmp_path / "odd.warc")
    assert capture_from_archive(tmp_path / "odd.warc", address).snapshot.bytes == b"x y"


def test_a_copy_of_no_time_is_named(desk: Desk, claim: Claim, tmp_path: Path) -> None:
    with desk.change("Import"):
        kept = keep(desk, captured(b"x", "text/plain", at="yesterday").snapshot)
        desk.put(Evidence(claim=claim.id, stance=YES, exact="x", snapshot=kept.id))
    with pytest.raises(NewsdeskError, match=kept.id):
        archive(desk, tmp_path / "a.warc")


@pytest.mark.parametrize("cut", [10, 300, 700, 900])
def test_a_damaged_archive_is_said(
    desk: Desk, claim: Claim, page: Path, tmp_path: Path, cut: int
) -> None:
    cite(desk, claim, YES, WORDS, capture=capture_file(page))
    archive(desk, tmp_path / "a.warc")
    broken = tmp_path / "broken.warc"
    broken.write_bytes((tmp_path / "a.warc").read_bytes()[:cut])
    with pytest.raises(NewsdeskError, match=r"damaged|no copy"):
        capture_from_archive(broken, (pages_in(tmp_path / "a.warc"))[0])
    (tmp_path / "not.warc").write_bytes(b"hello")
    with pytest.raises(NewsdeskError, match="or is none"):
        pages_in(tmp_path / "not.warc")
