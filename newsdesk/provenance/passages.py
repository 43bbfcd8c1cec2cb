"""Passages of evidence: whether the words still stand where they were found."""

import re
from html.parser import HTMLParser

from newsdesk.model import Snapshot, canonise

_SPACE = re.compile(r"\s+")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def stands(text: str, exact: str, prefix: str = "", suffix: str = "") -> bool:
    """Whether a passage stands in a text, between what stood before and after it.

    After the TextQuoteSelector of the W3C Web Annotation model (2017, §4.2.4), except that any
    white space equals any other: pages are wrapped anew each time. An empty passage never stands.
    """
    wanted = _SPACE.sub(" ", exact).strip()
    if not wanted:
        return False
    whole = _SPACE.sub(" ", text)
    before, after = _SPACE.sub(" ", prefix).lstrip(), _SPACE.sub(" ", suffix).rstrip()
    at = whole.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        left, right = whole[:at].rstrip(), whole[end:].lstrip()
        if left.endswith(before.rstrip()) and right.startswith(after.lstrip()):
            return True
        at = whole.find(wanted, at + 1)
    return False


def text_of(snapshot: Snapshot) -> str | None:
    """The text of a snapshot that is plain text or a web page; None for any other kind."""
    return words_of(snapshot.bytes, snapshot.media_type)


def words_of(data: bytes, media_type: str) -> str | None:
    """The text of bytes that are plain text or a web page; None for any other kind.

    The charset is that of the media type, else the page's own, else UTF-8.
    """
    kind = media_type.partition(";")[0].strip().lower()
    if not (kind.startswith("text/") or kind in ("application/xhtml+xml", "application/json")):
        return None
    text = canonise(_decoded(data, media_type))
    if kind not in ("text/html", "application/xhtml+xml"):
        return text
    reader = _PageText()
    reader.feed(text)
    reader.close()
    return "".join(reader.pieces)


def _decoded(data: bytes, media_type: str) -> str:
    found = _CHARSET.search(media_type) or _CHARSET.search(data[:2048].decode("latin-1"))
    try:
        return data.decode(found[1] if found else "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")  # a charset that nobody knows


class _PageText(HTMLParser):
    """Collects what a reader of a page sees; blocks are parted, inline tags are not."""

    _INLINE = frozenset(
        "a abbr b bdi bdo cite code em i kbd mark q s samp small span strong sub sup u var".split()
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "template", "noscript") and self._unseen is None:
            self._unseen = tag
        if tag not in self._INLINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = None
        if tag not in self._INLINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if self._unseen is None:
            self.pieces.append(data)
