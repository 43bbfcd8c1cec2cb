"""The dossier of a claim: one folder or zip with all that a stranger needs to check it."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import msgspec

import newsdesk
from newsdesk.desk.claim_file import ClaimView, claim_history, claim_view
from newsdesk.desk.desk import Desk
from newsdesk.desk.dossier_dataset import ClaimDataset
from newsdesk.desk.dossier_journal import JournalPart
from newsdesk.desk.dossier_story import Story
from newsdesk.desk.exporting import TRIES
from newsdesk.desk.gating import claim_gate
from newsdesk.desk.redaction import Redacted
from newsdesk.formats.claimreview_writing import write_claimreview
from newsdesk.formats.dataset_writing import write_json
from newsdesk.formats.format import Target, Writer
from newsdesk.formats.prov import write_prov
from newsdesk.formats.prov_o import write_prov_o
from newsdesk.formats.targets import target_at
from newsdesk.model import NewsdeskError, Snapshot, replace
from newsdesk.provenance.contradictions import Contradiction
from newsdesk.provenance.dossier_page import page_of
from newsdesk.provenance.gate import Missing
from newsdesk.provenance.redaction import Redaction

NAME = "newsdesk.dossier"
VERSION = 1
MANIFEST = "manifest.json"

FILES = {
    "index.html": "this page",
    "dataset.json": "the records, as a Newsdesk dataset",
    "prov.json": "where they come from, as W3C PROV (PROV-JSON)",
    "prov.ttl": "the same as PROV-O (Turtle)",
    "claimreview.jsonld": "the verdict, as a schema.org ClaimReview",
    "journal.json": "the hashes of the journal that concern the claim",
}
"""The files of every dossier besides its snapshots and its manifest, and what each is."""

MADE: Mapping[str, Writer] = {
    "prov.json": write_prov,
    "prov.ttl": write_prov_o,
    "claimreview.jsonld": write_claimreview,
}
"""Files that are made from the dataset alone, and by what."""

Progress = Callable[[int, int], None]

_SUFFIXES = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
}
_TEXTS = re.compile(r"text/|application/(?:xhtml\+xml|json)")
_DAWN = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive can name


def write_dossier(
    desk: Desk,
    claim_id: str,
    path: str | Path,
    *,
    redact: Redaction = Redaction.STANDARD,
    differing: Sequence[Contradiction] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the dossier of a claim: a zip archive where `path` ends in `.zip`, else a new folder.

    The same desk gives the same bytes. What `redact` withholds of confidential sources is nowhere
    in it. `differing` are the contradictions of the desk, where they are known already: finding
    them reads every claim. `progress` is told how many files are done, and of how many. Gives the
    place. Raises NewsdeskError where there is no such claim, or
    where it can't be written; nothing is left of it then.
    """
    place = Path(path)
    for _ in range(TRIES):
        before = desk.log(limit=1)
        view = claim_view(desk, claim_id)
        try:
            with _target(place) as target:
                _Dossier(desk, view, redact, target, progress).write(differing)
                if desk.log(limit=1) != before:
                    raise _Changed
        except _Changed:
            continue
        return place
    raise NewsdeskError(
        f"The desk was changed while {place.name} was being written, several times over. "
        "Nothing was written; try again when others have paused."
    )


def write_claim(
    desk: Desk, claim_id: str, path: str | Path, name: str, redact: Redaction = Redaction.STANDARD
) -> Path:
    """Write one of the files that a dossier of a claim has, alone: `name` is a key of `MADE`.

    Raises NewsdeskError where there is no such claim, where it has no verdict to be reviewed, or
    where it can't be written.
    """
    place, view = Path(path), claim_view(desk, claim_id)
    if MADE[name] is write_claimreview and view.claim.verdict is None:
        raise NewsdeskError(
            f"Claim {claim_id} has no verdict yet, and a ClaimReview tells of one. Nothing was "
            "written; review the claim to its end first, or write its PROV."
        )
    whole = ClaimDataset(desk, view)
    with target_at(place) as target:
        MADE[name](Redacted(whole, desk, redact, whole.article_ids), target)
    return place


class _Changed(Exception):
    """The desk is not what it was when the dossier began."""


def copy_name(snapshot: Snapshot) -> str:
    """The name of a snapshot's copy. Pages end in `.txt`: no browser then runs what is in them."""
    kind = snapshot.media_type.partition(";")[0].strip().lower()
    suffix = ".txt" if _TEXTS.match(kind) else _SUFFIXES.get(kind, ".bin")
    return f"snapshots/{snapshot.sha256}{suffix}"


class _Dossier:
    """A dossier while it is written: each file with its length and hash, the manifest last."""

    def __init__(
        self,
        desk: Desk,
        view: ClaimView,
        redact: Redaction,
        target: Target,
        progress: Progress | None = None,
    ) -> None:
        self._desk, self._view, self._target = desk, view, target
        self._progress = progress
        whole = ClaimDataset(desk, view)
        self._dataset = Redacted(whole, desk, redact, whole.article_ids)
        self._chain = JournalPart(desk, self._dataset)
        self._written: list[dict[str, Any]] = []
        self._total = len(FILES)

    def write(self, differing: Sequence[Contradiction] | None) -> None:
        """Write all files, in one order always."""
        copies = {one.id: copy_name(one) for one in self._dataset.snapshots()}
        self._total = len(FILES) + len(set(copies.values()))
        self._write_page(copies, claim_gate(self._desk, self._view.claim.id, differing))
        write_json(self._dataset, self._only("dataset.json"))
        for name, write in MADE.items():
            write(self._dataset, self._only(name))
        with self._file("journal.json") as file:
            file.write(_pretty(self._chain.form()))
        done: set[str] = set()
        for snapshot in self._dataset.snapshots():
            name = copies[snapshot.id]
            if name not in done:
                done.add(name)
                with self._file(name) as file:
                    file.write(snapshot.bytes)
        self._write_manifest(copies)

    def _write_page(self, copies: dict[str, str], missing: Sequence[Missing]) -> None:
        story = Story(self._view, self._dataset, missing, self._chain.births, copies)
        seen = reversed(claim_history(self._desk, self._view))
        history = [replace(one, title=self._chain.title(one)) for one in seen]
        others = [(name, what) for name, what in FILES.items() if name != "index.html"]
        with self._file("index.html") as file:
            for part in page_of(story.page(history, [*others, (MANIFEST, "the list of files")])):
                file.write(part.encode())

    def _write_manifest(self, copies: dict[str, str]) -> None:
        form = {
            "format": NAME,
            "version": VERSION,
            "program": f"newsdesk {newsdesk.__version__}",
            "claim": self._view.claim.id,
            "redaction": self._dataset.level.value,
            "snapshots": dict(sorted(copies.items())),
            "files": sorted(self._written, key=lambda one: str(one["name"])),
        }
        with self._target.file(MANIFEST) as file:
            file.write(_pretty(form))

    def _file(self, name: str) -> _Summed:
        if self._progress is not None:
            self._progress(len(self._written), self._total)
        return _Summed(self._target.file(name), name, self._written)

    def _only(self, name: str) -> Target:
        return cast(Target, _Only(self, name))


class _Only:
    """A target of one file of the dossier, for a writer of one file."""

    def __init__(self, dossier: _Dossier, name: str) -> None:
        self._dossier, self._name = dossier, name

    def file(self, name: str = "") -> BinaryIO:
        return cast(BinaryIO, self._dossier._file(self._name))


class _Summed:
    """A file that is hashed as it is written, and listed when it is closed."""

    def __init__(self, file: BinaryIO, name: str, listed: list[dict[str, Any]]) -> None:
        self._file, self._name, self._listed = file, name, listed
        self._sum, self._bytes = hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._sum.update(data)
        self._bytes += len(data)
        return self._file.write(data)

    def __enter__(self) -> _Summed:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        entry = {"name": self._name, "bytes": self._bytes, "sha256": self._sum.hexdigest()}
        self._listed.append(entry)


class _Zip:
    """A zip archive as a target; nothing in it tells when or where it was made.

    Nothing is packed: other versions of the packing library would give other bytes.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def file(self, name: str = "") -> IO[bytes]:
        info = zipfile.ZipInfo(name, _DAWN)
        info.create_system, info.external_attr = 3, 0o100644 << 16
        return self._archive.open(info, "w")


@contextmanager
def _target(place: Path) -> Iterator[Target]:
    if place.suffix.lower() != ".zip":
        with target_at(place, folder=True) as target:
            yield target
        return
    with (
        target_at(place) as target,
        target.file() as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive,
    ):
        yield cast(Target, _Zip(archive))


def _pretty(form: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(form), indent=1) + b"\n"
