"""The verbs of dossiers, from the sample desk to a check without it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Call


@pytest.fixture
def place(tmp_path: Path, call: Call) -> Path:
    call("sample", tmp_path / "sample.desk")
    return tmp_path / "sample.desk"


@pytest.fixture
def claim(place: Path, call_json: Call) -> str:
    return str(call_json("claims", "--desk", place)[0]["id"])


def test_a_dossier_is_written_and_checked(
    place: Path, claim: str, tmp_path: Path, call: Call, call_json: Call
) -> None:
    out = tmp_path / "claim.zip"
    report = call_json("dossier", "--desk", place, "--claim", claim, "--out", out)
    assert report["path"] == str(out)
    found = call_json("verify-dossier", out, "--manifest", report["manifest"])
    assert (found["sound"], found["claim"], found["faults"]) == (True, claim, [])
    assert found["files"] == report["files"]
    said = call("verify-dossier", out).stdout
    assert said.startswith("Sound: 6 files, ")
    assert report["manifest"] in said
    said = call("dossier", "--desk", place, "--claim", claim, "--out", tmp_path / "d").stdout
    assert "Note down the SHA-256 of its manifest" in said


def test_what_is_wrong_is_said_with_exit_code_1(
    place: Path, claim: str, tmp_path: Path, call: Call, call_json: Call
) -> None:
    out = tmp_path / "d"
    call("dossier", "--desk", place, "--claim", claim, "--out", out, "--redact", "full")
    (out / "prov.ttl").write_bytes(b"")
    said = call("verify-dossier", out, code=1).stdout
    assert "prov.ttl: it has 0 bytes" in said
    assert "Sound" not in said
    call("dossier", "--desk", place, "--claim", claim, "--out", tmp_path / "e")
    found = call("verify-dossier", tmp_path / "e", "--manifest", "00", "--json", code=1).stdout
    assert "it is not the one noted down" in found
    assert "no claim" in call(
        "dossier", "--desk", place, "--claim", "x", "--out", tmp_path / "f", code=1
    ).stderr
    assert "is no dossier" in call("verify-dossier", tmp_path, code=1).stderr
