"""The verbs of evidence: a passage, the copy in which it stands, and whether it still stands."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from newsdesk import __version__
from newsdesk.desk.annotating import shown
from newsdesk.desk.capturing import Capture, Read, Words, key_of, words_in
from newsdesk.desk.desk import Desk
from newsdesk.desk.export_dataset import DeskDataset
from newsdesk.desk.redaction import Redacted
from newsdesk.formats.targets import target_at
from newsdesk.formats.warc_captures import write_captures
from newsdesk.model import (
    Annotation,
    Article,
    Claim,
    Evidence,
    NewsdeskError,
    Snapshot,
    Stance,
)
from newsdesk.model.reviewing import needs_evidence
from newsdesk.provenance.passages import stands
from newsdesk.provenance.redaction import Redaction


class Fallen(msgspec.Struct, frozen=True, kw_only=True):
    """Evidence that does not hold any more: the claim and its statement, and why not."""

    claim: str
    statement: str
    evidence: str
    why: str


def cite(
    desk: Desk,
    claim: Claim,
    stance: Stance,
    exact: str,
    *,
    prefix: str = "",
    suffix: str = "",
    capture: Capture | None = None,
    snapshot: Snapshot | str | None = None,
    article: Article | str | None = None,
    annotation: Annotation | str | None = None,
    url: str | None = None,
    title: str = "",
    publisher: str = "",
    question: str = "",
) -> Evidence:
    """Put evidence on record, as one step: a passage that stands in a copy, which is kept with it,
    or in a snapshot, an article or an annotation of the desk.

    `exact` are the words, `prefix` and `suffix` what stands before and after them. Address, title
    and publisher are the copy's own where none are given. Raises NewsdeskError, naming the record,
    where the passage does not stand there, or where there is no copy in which it could be looked
    up; nothing is kept then.
    """
    with desk.change(f"Evidence for {shown(claim.statement)}"):
        desk.get(Claim, claim.id)
        read: Read = {}
        if capture is not None:
            snapshot = keep(desk, capture.snapshot)
            read = {key_of(capture.snapshot): Words(text=capture.text, why=capture.why)}
            url = url or capture.snapshot.url
            title, publisher = title or capture.title, publisher or capture.publisher
        made = Evidence(
            claim=claim.id,
            stance=stance,
            title=title,
            publisher=publisher,
            url=url,
            article=_id(article),
            annotation=_id(annotation),
            exact=exact,
            prefix=prefix,
            suffix=suffix,
            snapshot=_id(snapshot),
            question=question,
        )
        why = _why_not(desk, made, read)
        if why is not None:
            raise NewsdeskError(f"The evidence was not saved: {why}.")
        return desk.put(made)


def keep(desk: Desk, snapshot: Snapshot) -> Snapshot:
    """Put a copy on the desk; gives the one that has the same bytes, where there is one."""
    known = desk.find(Snapshot, sha256=snapshot.sha256)
    if known:
        return known[0]
    with desk.change("Keep a copy"):
        return desk.put(snapshot)


def drop_evidence(desk: Desk, evidence: Evidence) -> None:
    """Take evidence back, as one step; its copy goes with it where nothing else needs it.

    Raises NewsdeskError where the claim was signed on it and is not open again.
    """
    with desk.change("Remove evidence"):
        claim = desk.get(Claim, evidence.claim)
        if needs_evidence(claim.state):
            raise NewsdeskError(
                f"Evidence {evidence.id} was relied on when claim {claim.id} became "
                f"{claim.state}. It was kept; reopen the claim first."
            )
        desk.drop(evidence)
        if evidence.snapshot and not desk.count(Evidence, snapshot=evidence.snapshot):
            desk.drop_all(desk.get_all(Snapshot, [evidence.snapshot]).values())


def read_copies(
    desk: Desk, evidence: Iterable[Evidence], report: Callable[[int, int], None] | None = None
) -> Read:
    """Read the copies that some evidence stands in, to be handed to the verb that looks it up.

    Hostile documents take up to 20 seconds each: to be run in a job, with a desk of its own. Bytes
    never change under their hash, so that what was read stays true; the passage itself is looked
    up by the verb. `report` is told how many are read, and of how many; what it raises stops it.
    """
    ids = sorted({one.snapshot for one in evidence if one.snapshot})
    read = {}
    for at, id in enumerate(ids):
        if report:
            report(at, len(ids))
        found = _snapshot(desk, id)
        if isinstance(found, Snapshot):
            read[key_of(found)] = words_in(found)
    return read


def fallen_passages(
    desk: Desk, evidence: Iterable[Evidence], read: Read | None = None
) -> dict[str, str]:
    """Of some evidence, whose passage no longer stands: why not, by the evidence's id. Offline.

    `read` are copies that were read before (see `read_copies`)."""
    found = {one.id: _why_not(desk, one, read) for one in evidence}
    return {id: why for id, why in found.items() if why is not None}


def recheck(desk: Desk, claim: str | None = None) -> Iterator[Fallen]:
    """Look every passage of a claim, or of the whole desk, up again; gives what fell. Offline."""
    for one in desk.find(Evidence, claim=claim) if claim else desk.find(Evidence):
        why = _why_not(desk, one)
        if why is not None:
            statement = desk.get(Claim, one.claim).statement
            yield Fallen(claim=one.claim, statement=statement, evidence=one.id, why=why)


class Archived(msgspec.Struct, frozen=True, kw_only=True):
    """How many copies a web archive holds, and how many the rule for sources kept back."""

    copies: int
    withheld: int = 0


def archive(
    desk: Desk,
    path: str | Path,
    claim: str | None = None,
    *,
    redact: Redaction = Redaction.STANDARD,
) -> Archived:
    """Write the copies of a claim's evidence, or all of the desk's, as a web archive (WARC 1.1).

    It is packed where the name ends with .gz; the same copies give the same bytes. Unless `redact`
    is *none*, copies that a link ties to a confidential source stay here: paper can tell who held
    it. Raises NewsdeskError, and leaves no file, where there are none to write.
    """
    given = {"claim": desk.get(Claim, claim).id} if claim else {}
    held = {one.snapshot for one in desk.find(Evidence, **given) if one.snapshot}
    shown = Redacted(DeskDataset(desk, ()), desk, redact)
    ids = sorted(held - shown.hidden.papers)
    withheld = len(held) - len(ids)
    copies = (shown.copy(desk.get(Snapshot, id)) for id in ids)  # one at a time: each may be large
    path = Path(path)
    packed = path.name.lower().endswith(".gz")
    with target_at(path) as target, target.file() as file:
        software = f"Newsdesk {__version__}"
        count = write_captures(copies, file, packed=packed, software=software)
        if withheld and not count:
            raise NewsdeskError(
                "All copies there are come from confidential sources. Nothing was written; for the "
                "house's own use, write them with nothing withheld (--redact none)."
            )
        if not count:
            raise NewsdeskError(
                "There are no copies to write: no evidence has a page or a file. Nothing was "
                "written; add evidence by its address or from a file."
            )
    return Archived(copies=count, withheld=withheld)


def _why_not(desk: Desk, evidence: Evidence, read: Read | None = None) -> str | None:
    """Why a passage does not stand where the evidence says; None where it does."""
    if not evidence.exact.strip():
        return "it quotes no passage; mark the words that say so"
    places = [
        ("snapshot", evidence.snapshot, _snapshot_text),
        ("annotation", evidence.annotation, _annotation_text),
        ("article", evidence.article, _article_text),
    ]
    given = [(name, id, look) for name, id, look in places if id is not None]
    if not given:
        return "there is no copy to look the passage up in; add a snapshot or an article"
    for name, id, look in given:
        text, why = look(desk, id, read)
        if text is None:
            return f"{name} {id} {why}"
        if not stands(text, evidence.exact, evidence.prefix, evidence.suffix):
            return f"the passage {shown(evidence.exact)} does not stand in {name} {id}"
    return None


def _snapshot(desk: Desk, id: str) -> Snapshot | str:
    """A copy, or why it can't be had."""
    try:
        return desk.get_all(Snapshot, [id]).get(id) or "is not on this desk"
    except NewsdeskError:
        # The store can't read what contradicts itself, and does not say which record that is.
        return "is damaged: its bytes differ from its SHA-256. Open a backup"


def _snapshot_text(desk: Desk, id: str, read: Read | None) -> tuple[str | None, str]:
    found = _snapshot(desk, id)
    if isinstance(found, str):
        return None, found
    words = words_in(found, read)
    return words.text, words.why


def _article_text(desk: Desk, id: str, _: Read | None) -> tuple[str | None, str]:
    try:
        if not desk.count(Article, id=id):
            return None, "is not on this desk"
        return desk.article(id).text, ""
    except NewsdeskError as error:
        return None, f"can't be read: {error}"


def _annotation_text(desk: Desk, id: str, _: Read | None) -> tuple[str | None, str]:
    found = desk.get_all(Annotation, [id]).get(id)
    return (None, "is not on this desk") if found is None else (found.quote, "")


def _id(record: Article | Annotation | Snapshot | str | None) -> str | None:
    return record if record is None or isinstance(record, str) else record.id
