"""A desk on which everything that must not be told of its confidential sources says CANARY."""

import io
import zipfile
import zlib
from hashlib import sha256
from pathlib import Path

from newsdesk.desk import Desk, create_desk
from newsdesk.model import (
    Annotation,
    Anonymity,
    Assertion,
    Attribution,
    Claim,
    ClaimState,
    Entity,
    Evidence,
    Label,
    Layer,
    Link,
    LinkKind,
    Manner,
    Review,
    Snapshot,
    Source,
    SourceKind,
    SourceRole,
    Span,
    Stance,
    Verdict,
    new_article,
    quote_of,
    replace,
)

TEXT = "A friend of the minister said the wall will fall. Ada Open said so too."
WORD = b"CANARY"

_LAYERS = {
    "PERSON": Layer.ENTITY,
    "QUOTE": Layer.QUOTE,
    "CLAIM": Layer.CLAIM,
    "SOURCE": Layer.SOURCE,
    "CUE": Layer.CUE,
}


def canary_desk(place: Path) -> Desk:
    """The desk: one article, one claim, an unnamed source and one that was promised anonymity."""
    desk = create_desk(place, "Ann")
    labels = {
        name: Label(name=name, layer=layer, position=at)
        for at, (name, layer) in enumerate(_LAYERS.items())
    }
    article = new_article(TEXT, title="The wall", published="2025-03-01", url="https://x.example/1")

    def mark(name: str, words: str, **fields: object) -> Annotation:
        start = TEXT.index(words)
        spans = (Span(start, start + len(words)),)
        told = {"author": "Ann", **fields}
        return Annotation(
            article=article.id, spans=spans, label=labels[name].id,
            quote=quote_of(TEXT, spans), **told,  # type: ignore[arg-type]
        )  # fmt: skip

    outlet = Source(description="The Post", kind=SourceKind.MEDIA_OUTLET)
    article = replace(article, outlet=outlet.id)
    john = Entity(
        name="CANARY John", kind="PERSON", aliases=("CANARY Johnny",), kb_id="Q99",
        description="CANARY of the ministry",
    )  # fmt: skip
    double = Entity(name="CANARY J.", kind="PERSON", merged_into=john.id)
    shadow = Entity(name="CANARY Shadow", kind="PERSON")
    ada = Entity(name="Ada Open", kind="PERSON", kb_id="Q7259")
    friend = Source(
        description="CANARY friend who sits in the cabinet",
        kind=SourceKind.UNNAMED_INDIVIDUAL,
        role=SourceRole.WITNESS,
        anonymity=Anonymity(
            reason="CANARY afraid of losing the post",
            position_to_know="CANARY was in the room",
            approved_by="CANARY Editor",
        ),
        extra={"x-phone": "CANARY 555"},
    )
    promised = Source(
        description="CANARY John Smith", kind=SourceKind.NAMED_INDIVIDUAL, entity=john.id,
        anonymity=Anonymity(reason="CANARY asked for it by letter"),
    )  # fmt: skip
    open_one = Source(description="Ada Open", kind=SourceKind.NAMED_INDIVIDUAL, entity=ada.id)
    claim = Claim(
        statement="The wall will fall.", state=ClaimState.VERIFIED, verdict=Verdict.SUPPORTED,
        reason="canary  john says so, and he knows",
    )  # fmt: skip
    about = {
        "note": "CANARY rang twice",
        "attributes": {"who": "CANARY"},
        "extra": {"x-seen": "CANARY"},
    }
    mention = mark("SOURCE", "A friend of the minister", entity=john.id, **about)
    over = mark("PERSON", "A friend of the minister", entity=shadow.id)
    person = mark("PERSON", "Ada Open", entity=ada.id, note="CANARY John denies it")
    cue = mark("CUE", "said", **about)
    content = mark("QUOTE", "the wall will fall", **about)
    stated = mark("CLAIM", "the wall will fall", claim=claim.id, **about)
    ties = [
        Attribution(
            content=one.id, source=friend.id, source_mention=mention.id, cue=cue.id,
            manner=Manner.INDIRECT, assertion=Assertion.ATTRIBUTED, extra={"x-via": "CANARY"},
        )
        for one in (content, stated)
    ]  # fmt: skip
    ties.append(Attribution(content=stated.id, source=promised.id, hop=1))
    paper = b"CANARY the wall will fall, says the memo"
    copies = [
        Snapshot(sha256=sha256(raw).hexdigest(), media_type="text/plain", bytes=raw,
                 url="https://x.example/memo", captured_at="2025-03-02T00:00:00.000Z",
                 extra={"x-got": "from CANARY Johnny",
                        "http": {"status": 200, "headers": [["X-For", "CANARY Johnny"]]}})
        for raw in (paper, b"The minutes: the wall will fall.")
    ]  # fmt: skip
    proofs = [
        Evidence(claim=claim.id, stance=Stance.SUPPORTS, title="CANARY memo",
                 exact="the wall will fall", snapshot=copies[0].id),
        Evidence(claim=claim.id, stance=Stance.SUPPORTS, title="Minutes, from CANARY Johnny",
                 exact="the wall will fall", snapshot=copies[1].id),
    ]  # fmt: skip
    links = [
        Link(kind=LinkKind.SAME_AS, from_id=friend.id, to_id=open_one.id, note="CANARY same"),
        Link(kind=LinkKind.DERIVED_FROM, from_id=proofs[0].id, to_id=friend.id),
    ]
    with desk.change("Import"):
        desk.put_all(labels.values())
        desk.put_all([john, shadow, ada])
        desk.put_all([double])
        desk.put_all([outlet, friend, promised, open_one])
        desk.put_all([claim])
        desk.put_all([article])
        desk.put_all([mention, over, person, cue, content, stated])
        desk.put_all(ties)
        desk.put_all(copies)
        desk.put_all(proofs)
        desk.put_all(links)
    _live(desk, friend, mention, claim)
    return desk


def _live(desk: Desk, friend: Source, mention: Annotation, claim: Claim) -> None:
    """What fills the journal: edits, a review, a source that is gone."""
    with desk.change("Note that CANARY John rang"):
        desk.put(replace(friend, extra={"x-phone": "CANARY 556"}))
    with desk.change("Link to CANARY Shadow"):
        desk.put(replace(mention, note="CANARY rang thrice"))
    gone = Source(
        description="CANARY gone for good", kind=SourceKind.UNNAMED_GROUP,
        anonymity=Anonymity(reason="CANARY afraid of losing the post"),
    )
    with desk.change("New source CANARY gone"):
        desk.put(gone)
    with desk.change("Delete CANARY gone"):
        desk.drop(gone)
    desk.author = "Bea"
    with desk.change("Review"):
        desk.put(
            Review(claim=claim.id, from_state=ClaimState.IN_REVIEW, to_state=ClaimState.VERIFIED,
                   verdict=Verdict.SUPPORTED, reviewer="Bea", at="2025-03-03T00:00:00.000Z",
                   comment="CANARY Johnny, once CANARY gone for good, confirmed it.")
        )  # fmt: skip


def all_bytes(path: Path) -> bytes:
    """Everything that a file or folder holds: names too, and what is packed, unpacked."""
    if path.is_dir():
        return b"\n".join(
            one.name.encode() + all_bytes(one) for one in sorted(path.iterdir())
        )
    return unpacked(path.read_bytes())


def unpacked(raw: bytes) -> bytes:
    """Bytes as they can be searched."""
    if raw[:4] == b"PAR1":
        import pyarrow.parquet as parquet

        table = parquet.read_table(io.BytesIO(raw))
        held = str(table.to_pylist()).encode()
        return held + str(table.schema.metadata).encode()
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return b"\n".join(
                name.encode() + unpacked(archive.read(name)) for name in archive.namelist()
            )
    if raw[:2] == b"\x1f\x8b":
        out = b""
        while raw:  # each record of a web archive is packed by itself
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            out, raw = out + member.decompress(raw), member.unused_data
        return out
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return raw
