"""The part of the journal that concerns a claim, as hashes: a dossier's tie to the desk."""

from typing import Any

from newsdesk.desk.desk import Desk
from newsdesk.desk.redaction import Redacted
from newsdesk.model import ChainHash, Revision

NAME = "newsdesk.journal-extract"
VERSION = 1

MOST = 5_000
"""Edits of a revision whose digests are all written, so that the revision's own hash can be
computed again; of larger ones (imports) only those that concern the claim."""


class JournalPart:
    """The revisions that touched any record of a dataset. `births` gives the one in which each
    record came into being."""

    def __init__(self, desk: Desk, dataset: Redacted) -> None:
        self._desk, self._dataset = desk, dataset
        self.births: dict[str, Revision] = {}
        self._revisions: dict[int, Revision] = {}
        self._edits: dict[int, list[tuple[str, str, str]]] = {}
        self._titles: dict[int, str] = {}
        for id in sorted(_records(dataset)):
            for revision, entry in desk.history(id):
                self.births.setdefault(id, revision)
                self._revisions[revision.seq] = revision
                edit = (entry.kind, entry.record, entry.digest.hex())
                self._edits.setdefault(revision.seq, []).append(edit)

    def title(self, revision: Revision) -> str:
        """A revision's title as far as it may be told."""
        if revision.seq not in self._titles:
            edits = [edit[:2] for edit in self._edits.get(revision.seq, ())]
            if revision.count <= MOST:
                edits = [(one.kind, one.record) for one in self._all(revision)]
            tells = self._dataset.tells(edits)
            self._titles[revision.seq] = self._dataset.title(revision, tells)
        return self._titles[revision.seq]

    def form(self) -> dict[str, Any]:
        """The file `journal.json`: each revision's header, and the digests of its edits."""
        revisions = [self._form(self._revisions[seq]) for seq in sorted(self._revisions)]
        return {"format": NAME, "version": VERSION, "revisions": revisions}

    def _form(self, revision: Revision) -> dict[str, Any]:
        title = self.title(revision)
        whole = title == revision.title and revision.count <= MOST
        values = {name: getattr(revision, name) for name in HEADER}
        edits = [
            {"kind": kind, "record": record, "digest": digest}
            for kind, record, digest in sorted(self._edits[revision.seq])
            if not self._dataset.tells([(kind, record)])
        ]
        digests = [one.digest.hex() for one in self._all(revision)] if whole else None
        return {**values, "title": title, "edits": edits, "digests": digests}

    def _all(self, revision: Revision) -> list[Any]:
        return [one for batch in self._desk.journalled(revision.seq) for one in batch]


HEADER = ("seq", "id", "title", "author", "at", "undoes", "prev_hash", "hash", "count")
"""What of a revision's header is written, in this order."""


def fault_in(form: Any) -> str | None:
    """What is wrong with one revision of such a file; None where its hash is what its header and
    digests give, or where not all of them are in the file."""
    try:
        header = Revision(**{name: form[name] for name in HEADER})
        listed = [bytes.fromhex(one["digest"]) for one in form["edits"]]
        if form["digests"] is None:
            return None
        digests = [bytes.fromhex(one) for one in form["digests"]]
        chain = ChainHash(header.prev_hash, header)
        chain.add(b"".join(digests))
    except (TypeError, KeyError, ValueError):
        return "a revision lacks what it should have"
    if chain.hexdigest() != header.hash:
        return f"revision {header.seq} does not give its hash"
    if not set(listed) <= set(digests):
        return f"revision {header.seq} lists an edit that it does not hold"
    return None


def _records(dataset: Redacted) -> set[str]:
    found = {one.id for stream in (dataset.sources(), dataset.evidence()) for one in stream}
    found |= {one.id for stream in (dataset.snapshots(), dataset.reviews()) for one in stream}
    found |= {one.id for one in dataset.links()} | {one.id for one, _ in dataset.claims()}
    for bundle in dataset.articles():
        within = (bundle.article, *bundle.annotations, *bundle.attributions)
        found |= {one.id for one in within}
    return found
