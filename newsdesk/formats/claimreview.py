"""schema.org ClaimReview: reviewed claims out, the findings of other fact-checkers in."""

from newsdesk.formats.claimreview_reading import read_claimreview
from newsdesk.formats.claimreview_writing import LOST, write_claimreview
from newsdesk.formats.format import FileFormat


def _looks_like(head: bytes) -> bool:
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return bare[:1] in (b"{", b"[") and b"schema.org" in bare and b"ClaimReview" in bare


FORMAT = FileFormat(
    name="claimreview",
    title="ClaimReview (schema.org)",
    suffixes=(".jsonld", ".json"),
    looks_like=_looks_like,
    losses=LOST,
    read=read_claimreview,
    write=write_claimreview,
)
