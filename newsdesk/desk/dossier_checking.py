"""Checks a dossier without the desk: its files against the manifest, and against one another."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

import msgspec

import newsdesk
from newsdesk.desk.capturing import words_in
from newsdesk.desk.dossier import FILES, MADE, MANIFEST, NAME, VERSION
from newsdesk.desk.dossier_journal import fault_in
from newsdesk.desk.dossier_reading import ReadDataset
from newsdesk.formats.archives import is_archive, open_archive
from newsdesk.formats.format import Input, Target, Writer
from newsdesk.formats.inputs import BytesInput, FileInput
from newsdesk.model import Evidence, NewsdeskError, Snapshot
from newsdesk.provenance.passages import stands
from newsdesk.settings import shipped

MOST_BYTES = 1_000_000_000
"""Bytes that a packed dossier may unpack to."""

MOST_FILES = 5_000

_LARGEST = 100_000_000
_LEFT_BEHIND = (".DS_Store", "Thumbs.db", "desktop.ini")


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong with one file of a dossier."""

    file: str
    message: str


class DossierReport(msgspec.Struct, kw_only=True):
    """What a check found. `manifest` is the SHA-256 of the manifest: who noted it down when the
    dossier was made can tell by it that nothing at all was changed since."""

    claim: str = ""
    statement: str = ""
    redaction: str = ""
    program: str = ""
    manifest: str = ""
    files: int = 0
    passages: int = 0
    faults: list[Fault] = []

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


class _Listed(msgspec.Struct):
    """One file as the manifest lists it."""

    name: str
    bytes: int
    sha256: str


class _Manifest(msgspec.Struct):
    """The manifest's object."""

    format: str
    version: int
    program: str
    claim: str
    redaction: str
    snapshots: dict[str, str]
    files: list[_Listed]


def verify_dossier(path: str | Path) -> DossierReport:
    """Check a dossier: a folder, or a zip archive. No desk is needed, and nothing is fetched.

    Every file is what the manifest says, and none is more or less; the dataset is valid by its
    schema; PROV and ClaimReview follow from it; copies have their hashes; each passage stands in
    its copy; the journal's hashes follow from what they are made of. Raises NewsdeskError where
    there is no dossier, or where an archive is unsafe to open: it leads out of itself, unpacks to
    far more than it holds, or is damaged.
    """
    files = _files(Path(path))
    if MANIFEST not in files:
        raise NewsdeskError(
            f"{Path(path).name} is no dossier: it has no {MANIFEST}. Nothing was checked; give the "
            "folder or the zip archive that “newsdesk dossier” wrote."
        )
    return _Check(files).report()


def _files(path: Path) -> dict[str, Input]:
    """The files by their names within the dossier. A folder around all of them is looked into."""
    source = FileInput(path)
    if is_archive(source):
        opened = open_archive(source, limit_bytes=MOST_BYTES, max_entries=MOST_FILES)
        found = {one.name.removeprefix(f"{source.name}/"): one for one in opened}
        found |= dict.fromkeys(_hidden(source, found), cast(Input, BytesInput(b"")))
    elif path.is_dir():
        found = dict(_within(path, path))
    else:
        raise NewsdeskError(f"{path.name} is neither a folder nor a zip archive: no dossier.")
    outer = {name.partition("/")[0] for name in found}
    if MANIFEST not in found and len(outer) == 1:
        found = {name.partition("/")[2]: one for name, one in found.items()}
    return found


def _hidden(source: Input, seen: Mapping[str, Input]) -> Iterator[str]:
    """The entries of an archive that were passed over: links and hidden files."""
    with source.open() as file, zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            name = str(PurePosixPath(info.filename.replace("\\", "/")))
            left = PurePosixPath(name).name in _LEFT_BEHIND or name.startswith("__MACOSX")
            if not info.is_dir() and name not in seen and not left:
                yield name


def _within(path: Path, top: Path) -> Iterator[tuple[str, Input]]:
    for one in sorted(path.iterdir()):
        name = one.relative_to(top).as_posix()
        if one.is_symlink():
            raise NewsdeskError(f"{name} is a link: a dossier has none. Nothing was checked.")
        if one.is_dir():
            yield from _within(one, top)
        elif one.name not in _LEFT_BEHIND:
            yield name, FileInput(one, name)


class _Check:
    """One check: what was found so far."""

    def __init__(self, files: Mapping[str, Input]) -> None:
        self._files = files
        self._found = DossierReport(faults=[])
        self._manifest: _Manifest | None = None

    def report(self) -> DossierReport:
        """Do it all; a later part is left out where an earlier one makes no sense of the file."""
        self._read_manifest()
        if self._manifest is None:
            return self._found
        self._check_files(self._manifest)
        self._check_dataset(self._manifest)
        self._check_journal()
        return self._found

    def _fault(self, file: str, message: str) -> None:
        self._found.faults.append(Fault(file=file, message=message))

    def _read(self, name: str) -> bytes | None:
        """A file's bytes; None, with a fault, where it is not there or far too long."""
        if name not in self._files:
            self._fault(name, "it is missing")
            return None
        if self._files[name].size > _LARGEST:
            self._fault(name, f"it is longer than {_LARGEST:,} bytes")
            return None
        with self._files[name].open() as file:
            return file.read()

    def _read_manifest(self) -> None:
        raw = self._read(MANIFEST)
        if raw is None:
            return
        self._found.manifest = hashlib.sha256(raw).hexdigest()
        try:
            found = msgspec.json.decode(raw, type=_Manifest)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._fault(MANIFEST, f"it can't be read: {error}")
            return
        if (found.format, found.version) != (NAME, VERSION):
            what = f"it is {found.format} of version {found.version}, not {NAME} of {VERSION}"
            self._fault(MANIFEST, what)
            return
        self._manifest = found
        self._found.claim, self._found.redaction = found.claim, found.redaction
        self._found.program = found.program

    def _check_files(self, manifest: _Manifest) -> None:
        listed: set[str] = set()
        for one in manifest.files:
            if one.name in listed or not _is_safe(one.name):
                self._fault(one.name, "it is listed twice, or its name leads elsewhere")
                continue
            listed.add(one.name)
            if one.name in self._files:
                self._check_file(one)
            else:
                self._fault(one.name, "it is missing")
        self._found.files = len(listed)
        for name in sorted(self._files.keys() - listed - {MANIFEST}):
            self._fault(name, "it is not in the manifest")
        for name in sorted(FILES.keys() - listed):
            self._fault(name, "the manifest does not list it")

    def _check_file(self, listed: _Listed) -> None:
        summed, length = hashlib.sha256(), 0
        with self._files[listed.name].open() as file:
            while piece := file.read(1 << 20):
                summed.update(piece)
                length += len(piece)
        if length != listed.bytes:
            self._fault(listed.name, f"it has {length:,} bytes, not {listed.bytes:,}")
        elif summed.hexdigest() != listed.sha256:
            self._fault(listed.name, "it differs from its SHA-256: it was changed")

    # The dataset, and what follows from it

    def _check_dataset(self, manifest: _Manifest) -> None:
        raw = self._read("dataset.json")
        if raw is None or not self._is_valid(raw):
            return
        dataset = ReadDataset(raw, "dataset.json")
        for problem in dataset.problems:
            self._fault("dataset.json", str(problem))
        statements = {one.id: one.statement for one, _ in dataset.claims()}
        if manifest.claim not in statements:
            self._fault("dataset.json", f"it does not have the claim {manifest.claim}")
            return
        self._found.statement = statements[manifest.claim]
        snapshots = {one.id: one for one in dataset.snapshots()}
        self._check_copies(manifest, snapshots)
        self._check_passages(manifest, dataset, snapshots)
        self._check_page()
        if manifest.program == f"newsdesk {newsdesk.__version__}":
            for name, write in MADE.items():
                self._check_made(name, write, dataset)

    def _is_valid(self, raw: bytes) -> bool:
        from jsonschema import Draft202012Validator

        path = shipped("resources", "schemas", "newsdesk.dataset-1.schema.json")
        try:
            found = json.loads(raw)
        except (ValueError, RecursionError) as error:
            self._fault("dataset.json", f"it is no JSON: {error}")
            return False
        schema = json.loads(path.read_text(encoding="utf-8"))
        for fault in list(Draft202012Validator(schema).iter_errors(found))[:20]:
            place = "/".join(map(str, fault.absolute_path))
            what = fault.message if len(fault.message) <= 200 else fault.message[:199] + "…"
            self._fault("dataset.json", f"it is not valid by its schema: {place}: {what}")
        return isinstance(found, dict)

    def _check_copies(self, manifest: _Manifest, snapshots: Mapping[str, Snapshot]) -> None:
        for id, name in sorted(manifest.snapshots.items()):
            known = snapshots.get(id)
            if known is None:
                self._fault(MANIFEST, f"the dataset has no snapshot {id}")
            elif (raw := self._read(name)) is not None and raw != known.bytes:
                self._fault(name, f"it is not the copy of snapshot {id}")
        for id in sorted(snapshots.keys() - manifest.snapshots.keys()):
            self._fault(MANIFEST, f"it lists no copy of snapshot {id}")

    def _check_passages(
        self, manifest: _Manifest, dataset: ReadDataset, snapshots: Mapping[str, Snapshot]
    ) -> None:
        texts = {bundle.article.id: bundle.article.text for bundle in dataset.articles()}
        quotes = {
            mark.id: mark.quote for bundle in dataset.articles() for mark in bundle.annotations
        }
        for one in dataset.evidence():
            places: list[tuple[str, str | None]] = []
            if one.snapshot is not None and one.snapshot in snapshots:
                name = manifest.snapshots.get(one.snapshot, "dataset.json")
                places.append((name, words_in(snapshots[one.snapshot]).text))
            if one.article is not None:
                places.append(("dataset.json", texts.get(one.article)))
            if one.annotation is not None:
                places.append(("dataset.json", quotes.get(one.annotation)))
            for file, text in places:
                self._check_passage(one, file, text)

    def _check_passage(self, evidence: Evidence, file: str, text: str | None) -> None:
        self._found.passages += 1
        if text is None:
            self._fault(file, f"no words can be looked up in it for evidence {evidence.id}")
        elif not stands(text, evidence.exact, evidence.prefix, evidence.suffix):
            self._fault(file, f"the passage of evidence {evidence.id} does not stand in it")

    def _check_page(self) -> None:
        raw = self._read("index.html")
        if raw is None:
            return
        page = raw.decode("utf-8", "replace")
        if escape(self._found.statement) not in page:
            self._fault("index.html", "it does not state the claim")
        if "<script" in page.lower():
            self._fault("index.html", "there is a script in it")

    def _check_made(self, name: str, write: Writer, dataset: ReadDataset) -> None:
        if name in self._files:
            made = _Memory()
            write(dataset, cast(Target, made))
            if made.content != self._read(name):
                self._fault(name, "it does not follow from dataset.json")

    # The journal

    def _check_journal(self) -> None:
        raw = self._read("journal.json")
        if raw is None:
            return
        try:
            revisions = json.loads(raw)["revisions"]
            for one in revisions:
                fault = fault_in(one)
                if fault:
                    self._fault("journal.json", fault)
            hashes = {one["seq"]: one for one in revisions}
            for seq, one in sorted(hashes.items()):
                before = hashes.get(seq - 1)
                if before is not None and before["hash"] != one["prev_hash"]:
                    self._fault("journal.json", f"revision {seq} does not follow the one before")
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            self._fault("journal.json", f"it can't be read: {error}")


class _Memory:
    """A target of one file, kept in memory."""

    def __init__(self) -> None:
        self.content = b""

    def file(self, name: str = "") -> BinaryIO:
        return cast(BinaryIO, _Kept(self))


class _Kept:
    """The one file: its bytes are there when it is closed."""

    def __init__(self, memory: _Memory) -> None:
        self._memory, self._parts = memory, bytearray()

    def write(self, data: bytes) -> int:
        self._parts += data
        return len(data)

    def __enter__(self) -> _Kept:
        return self

    def __exit__(self, *_: object) -> None:
        self._memory.content = bytes(self._parts)


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    plain = name.isprintable() and "\\" not in name and ":" not in name
    return bool(path.parts) and plain and not path.is_absolute() and ".." not in path.parts
