"""Dossiers: whole, the same bytes each time, and checked without the desk; each tampering named."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from prov.model import ProvDocument

from newsdesk.desk import Desk, create_desk
from newsdesk.desk.dossier import FILES, MANIFEST, copy_name, write_dossier
from newsdesk.desk.dossier_checking import verify_dossier
from newsdesk.desk.evidencing import cite
from newsdesk.desk.reviewing import confirm_contradiction, review, sign_off
from newsdesk.desk.sample import build_sample_desk
from newsdesk.desk.tracing import trace
from newsdesk.model import (
    Claim,
    ClaimState,
    Evidence,
    NewsdeskError,
    Snapshot,
    Stance,
    replace,
)
from newsdesk.settings import shipped

PAGE = (
    b"<html><body><p>The club said: he is <b>not</b> for sale.</p>"
    b"<script>alert(1)</script></body></html>"
)


def snapshot(raw: bytes = PAGE, kind: str = "text/html; charset=utf-8") -> Snapshot:
    return Snapshot(
        sha256=hashlib.sha256(raw).hexdigest(), media_type=kind, bytes=raw,
        url="https://example.org/club", captured_at="2025-07-10T08:00:00.000Z",
    )  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The sample desk with a claim that was cited, reviewed and signed by a second person."""
    made = build_sample_desk(tmp_path_factory.mktemp("desk") / "a.desk", "Ann")
    made.author = "Bea <b>"
    found = trace(made)
    wide, *others = sorted(found.appearances, key=lambda one: (-len(found.of(one)), one))
    claim = made.get(Claim, wide)
    copy = snapshot()
    with made.change("Keep"):
        made.put(copy)
    cite(
        made, claim, Stance.SUPPORTS, "he is not for sale", prefix="The club said: ",
        snapshot=copy, title="A & B", url="https://example.org/club",
    )  # fmt: skip
    confirm_contradiction(made, claim, made.get(Claim, others[0]), "They can't both be right.")
    review(made, claim, ClaimState.IN_REVIEW, "Mine.")
    sign_off(made, made.get(Claim, wide), "Word for <i>word</i>.", rating="True")
    yield made
    made.close()


@pytest.fixture(scope="module")
def claim(desk: Desk) -> Claim:
    (one,) = (one for one in desk.find(Claim) if one.state is ClaimState.VERIFIED)
    return one


@pytest.fixture
def dossier(desk: Desk, claim: Claim, tmp_path: Path) -> Path:
    return write_dossier(desk, claim.id, tmp_path / "dossier")


def loaded(path: Path) -> Any:
    return json.loads(path.read_bytes())


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


def faults(path: Path) -> list[tuple[str, str]]:
    return [(one.file, one.message) for one in verify_dossier(path).faults]


# What is in it


def test_the_same_desk_gives_the_same_bytes(desk: Desk, claim: Claim, tmp_path: Path) -> None:
    for name in ("a", "b", "a.zip", "b.ZIP"):
        assert write_dossier(desk, claim.id, tmp_path / name) == tmp_path / name
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.ZIP").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        held = {info.filename: archive.read(info) for info in archive.infolist()}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert held == files_of(tmp_path / "a")


def test_the_manifest_lists_every_file_with_its_hash(dossier: Path, claim: Claim) -> None:
    manifest = loaded(dossier / MANIFEST)
    held = files_of(dossier)
    del held[MANIFEST]
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: hashlib.sha256(raw).hexdigest() for name, raw in held.items()
    }
    assert manifest["claim"] == claim.id
    assert set(held) == {*FILES, f"snapshots/{snapshot().sha256}.txt"}
    assert held[f"snapshots/{snapshot().sha256}.txt"] == PAGE


def test_its_records_are_the_claim_s_and_valid_by_the_schema(
    desk: Desk, dossier: Path, claim: Claim
) -> None:
    form = loaded(dossier / "dataset.json")
    path = shipped("resources", "schemas", "newsdesk.dataset-1.schema.json")
    schema = json.loads(path.read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(form)) == []
    own, other = sorted(form["claims"], key=lambda one: one["id"] != claim.id)
    assert (own["id"], own["verdict"]) == (claim.id, "supported")
    assert other["appearances"] == []
    where = {one.article for one in trace(desk, [claim.id]).of(claim.id)}
    assert {one["id"] for one in form["articles"]} == where
    assert {m["claim"] for one in form["articles"] for m in one["annotations"]} == {None, claim.id}
    assert len(form["reviews"]) == 2
    assert {one["kind"] for one in form["links"]} == {"contradicts"}
    assert {one["raw"] for one in form["articles"]} == {None}
    found = ProvDocument.deserialize(str(dossier / "prov.json"), format="json")
    assert f"claim/{claim.id}" in found.get_provn()
    (one,) = loaded(dossier / "claimreview.jsonld")["@graph"]
    assert one["reviewRating"]["alternateName"] == "True"


def test_the_page_tells_it_all_and_runs_nothing(dossier: Path, claim: Claim) -> None:
    page = (dossier / "index.html").read_text("utf-8")
    for words in (
        "default-src 'none'", "Bea &lt;b&gt;", "Word for &lt;i&gt;word&lt;/i&gt;.", "A &amp; B",
        "They can&#x27;t both",
        "he is not for sale", "in review → verified", "on 1 piece of evidence",
        "Quote drift", "Who says so",
        "three or more outlets have it from one source", claim.id, "prefers-color-scheme: dark",
        "@media print", f"snapshots/{snapshot().sha256}.txt",
    ):  # fmt: skip
        assert words in page, words
    assert "<script" not in page
    assert "<i>word" not in page
    assert " src=" not in page
    assert "http-equiv" in page


def test_an_untouched_claim_has_a_dossier_too(desk: Desk, tmp_path: Path) -> None:
    plain = next(one for one in desk.find(Claim) if one.state is ClaimState.UNREVIEWED)
    path = write_dossier(desk, plain.id, tmp_path / "a.zip")
    assert faults(path) == []
    with zipfile.ZipFile(path) as archive:
        page = archive.read("index.html").decode()
        assert json.loads(archive.read("claimreview.jsonld"))["@graph"] == []
    assert "Nothing on record." in page


def test_a_bare_claim_with_strange_evidence(tmp_path: Path) -> None:
    desk = create_desk(tmp_path / "a.desk", "Ann")
    claim = Claim(id="c/../1 😀", statement="<Bare> & “odd”.")
    pdf = snapshot(b"%PDF-1.4 no real one", "application/pdf")
    with desk.change("Bare"):
        desk.put(claim)
        desk.put(pdf)
        desk.put(Evidence(claim=claim.id, stance=Stance.CONTEXT, url="https://x.example/"))
        desk.put(Evidence(claim=claim.id, stance=Stance.REFUTES, snapshot=pdf.id))
    assert copy_name(pdf).endswith(".pdf")
    path = write_dossier(desk, claim.id, tmp_path / "d")
    # It says truly that no passage can be looked up in that copy.
    assert [file for file, _ in faults(path)] == [copy_name(pdf)]
    desk.close()


def test_what_can_t_be_written_leaves_nothing(desk: Desk, claim: Claim, tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match="no claim nobody"):
        write_dossier(desk, "nobody", tmp_path / "a")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(NewsdeskError, match="is a folder"):
        write_dossier(desk, claim.id, tmp_path / "full")
    assert [one.name for one in tmp_path.iterdir()] == ["full"]


def test_a_desk_that_changes_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = create_desk(tmp_path / "a.desk", "Ann")
    with desk.change("Claim"):
        claim = desk.put(Claim(statement="First."))
    told = []

    def change_once(view: Any, *rest: Any) -> Any:
        if len(told) < times:
            told.append(1)
            with desk.change("Meanwhile"):
                desk.put(replace(desk.get(Claim, claim.id), statement=f"Changed {len(told)}."))
        return history(view, *rest)

    from newsdesk.desk import dossier as module

    history, times = module.claim_history, 1
    monkeypatch.setattr(module, "claim_history", change_once)
    write_dossier(desk, claim.id, tmp_path / "d")
    assert loaded(tmp_path / "d" / "dataset.json")["claims"][0]["statement"] == "Changed 1."
    times = 99
    with pytest.raises(NewsdeskError, match="several times over"):
        write_dossier(desk, claim.id, tmp_path / "e")
    assert not (tmp_path / "e").exists()
    desk.close()


# Checking it


def test_a_sound_dossier_passes_as_folder_as_archive_and_packed_by_hand(
    dossier: Path, tmp_path: Path, desk: Desk, claim: Claim
) -> None:
    (dossier / ".DS_Store").touch()  # what systems leave behind does no harm
    report = verify_dossier(dossier)
    assert (report.sound, report.files, report.passages) == (True, len(FILES) + 1, 1)
    assert report.manifest == hashlib.sha256((dossier / MANIFEST).read_bytes()).hexdigest()
    assert (report.claim, report.statement) == (claim.id, claim.statement)
    assert faults(write_dossier(desk, claim.id, tmp_path / "a.zip")) == []
    packed = shutil.make_archive(str(tmp_path / "mine"), "zip", tmp_path, "dossier")
    assert faults(Path(packed)) == []


@pytest.mark.parametrize("name", [*FILES, f"snapshots/{snapshot().sha256}.txt"])
@pytest.mark.parametrize("how", ["flip", "cut", "grow", "remove", "empty"])
def test_every_tampering_names_the_file(dossier: Path, name: str, how: str) -> None:
    path = dossier / name
    raw = path.read_bytes()
    if how == "remove":
        path.unlink()
    else:
        changed = {
            "flip": raw[:40] + bytes([raw[40] ^ 1]) + raw[41:],
            "cut": raw[:-1],
            "grow": raw + b"\n",
            "empty": b"",
        }
        path.write_bytes(changed[how])
    assert name in {file for file, _ in faults(dossier)}


def test_the_manifest_can_t_be_tampered_with_alone(dossier: Path) -> None:
    whole = loaded(dossier / MANIFEST)
    for key, value, file in (
        ("claim", "another", "dataset.json"),
        ("snapshots", {}, MANIFEST),
        ("snapshots", {"nobody": "index.html"}, MANIFEST),
        ("files", whole["files"][1:], whole["files"][0]["name"]),
        ("files", [*whole["files"], whole["files"][0]], whole["files"][0]["name"]),
        ("files", [*whole["files"], {"name": "../x", "bytes": 1, "sha256": ""}], "../x"),
        ("version", 2, MANIFEST),
        ("files", "none", MANIFEST),
    ):
        (dossier / MANIFEST).write_text(json.dumps({**whole, key: value}), "utf-8")
        assert file in {one for one, _ in faults(dossier)}, key
    (dossier / MANIFEST).write_bytes(b"{")
    assert [file for file, _ in faults(dossier)] == [MANIFEST]


def rewritten(dossier: Path, name: str, old: bytes, new: bytes) -> None:
    """Change a file, and the manifest to go with it: the work of somebody who knows how."""
    raw = (dossier / name).read_bytes()
    assert old in raw, old
    (dossier / name).write_bytes(raw.replace(old, new))
    manifest = loaded(dossier / MANIFEST)
    for one in manifest["files"]:
        held = (dossier / one["name"]).read_bytes()
        one["bytes"], one["sha256"] = len(held), hashlib.sha256(held).hexdigest()
    (dossier / MANIFEST).write_text(json.dumps(manifest), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("prov.json", b'"Mine."', b'"Ours."', "does not follow from dataset.json"),
        ("prov.ttl", b'"Mine."', b'"Ours."', "does not follow from dataset.json"),
        ("claimreview.jsonld", b'"True"', b'"False"', "does not follow from dataset.json"),
        ("dataset.json", b"he is not for sale", b"he was for sale", ""),
        ("dataset.json", b'"supports"', b'"admires"', "not valid by its schema"),
        (f"snapshots/{snapshot().sha256}.txt", b"club", b"clan", "not the copy of snapshot"),
        ("journal.json", b'"author": "Bea <b>"', b'"author": "Dan"', "does not give its hash"),
        ("journal.json", b'"revisions"', b'"none"', "can't be read"),
        ("index.html", b"</main>", b"<script>1</script></main>", "script"),
    ],
)
def test_who_mends_the_manifest_is_found_out_too(
    dossier: Path, name: str, old: bytes, new: bytes, told: str
) -> None:
    rewritten(dossier, name, old, new)
    assert any(file == name and told in message for file, message in faults(dossier))


def test_a_passage_that_does_not_stand_is_named(dossier: Path) -> None:
    rewritten(dossier, "dataset.json", b'"exact":"he is not for sale"', b'"exact":"he is dear"')
    name = f"snapshots/{snapshot().sha256}.txt"
    assert any(file == name and "does not stand" in why for file, why in faults(dossier))


def test_more_files_than_the_manifest_has(dossier: Path) -> None:
    for name in ("extra.txt", ".hidden", "snapshots/more.txt"):
        (dossier / name).write_bytes(b"x")
    told = {file for file, _ in faults(dossier)}
    assert told == {"extra.txt", ".hidden", "snapshots/more.txt"}
    (dossier / "link").symlink_to(dossier / MANIFEST)
    with pytest.raises(NewsdeskError, match="link is a link"):
        verify_dossier(dossier)


def packed(dossier: Path, path: Path, *more: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in (*files_of(dossier).items(), *more):
            archive.writestr(name, raw)
    return path


@pytest.mark.parametrize("name", ["../evil.html", "/etc/x", "C:/x", "a/../../x", "nul.txt"])
def test_names_that_lead_elsewhere_are_refused(dossier: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(NewsdeskError, match=name.split("/")[-1].split(".")[0]):
        verify_dossier(packed(dossier, tmp_path / "a.zip", (name, b"x")))


def test_bombs_hidden_files_and_what_is_no_dossier(dossier: Path, tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match="100 times"):
        verify_dossier(packed(dossier, tmp_path / "a.zip", ("x.txt", bytes(20_000_000))))
    assert (".x", "it is not in the manifest") in faults(
        packed(dossier, tmp_path / "b.zip", (".x", b"x"))
    )
    (tmp_path / "text").write_bytes(b"text")
    (tmp_path / "none").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 broken")
    for name, words in (
        ("text", "neither a folder nor a zip"), ("none", "is no dossier"),
        ("broken.zip", "no zip archive"), ("nothing", "can't be read"),
    ):  # fmt: skip
        with pytest.raises(NewsdeskError, match=words):
            verify_dossier(tmp_path / name)
