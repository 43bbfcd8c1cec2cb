"""An answer: whether it is a page, and its body, unpacked and never more than is allowed."""

import zlib
from collections.abc import Callable, Iterator

from newsdesk.fetch.rules import SAVE
from newsdesk.model import NewsdeskError

CHUNK = 1 << 16
_PACKED = ("gzip", "x-gzip", "deflate")


def check_status(status: int) -> None:
    """Raise NewsdeskError, saying what it means, for a status that brings no page."""
    if status in (200, 203):
        return
    if status in (401, 402, 403, 407, 451):
        said = "The server does not give the page to programs, or only to those who log in"
    elif status in (404, 410):
        said = "There is no such page on the server (any more)"
    elif status == 429:
        said = "The server has been asked too often, and wants to be left alone for a while"
    elif status >= 500:
        said = "The server has a fault of its own"
    else:
        said = "The server does not give the page"
    raise NewsdeskError(f"{said} (it answers {status}). Nothing was kept. {SAVE}")


def body_of(
    read: Callable[[int], bytes],
    packing: str,
    most: int,
    report: Callable[[int], None],
) -> bytes:
    """All that `read(count)` gives until b"", unpacked; `report` hears the bytes read so far.

    Raises NewsdeskError as soon as what comes, or what it unpacks to, has more than `most` bytes,
    where it is damaged, or packed in a way that nobody asked for.
    """
    packing = packing.strip().lower() or "identity"
    if packing not in ("identity", *_PACKED):
        raise NewsdeskError(
            f"The server packs the page as “{packing[:40]}”, which was not asked for. Nothing was "
            f"kept. {SAVE}"
        )
    chunks = _counted(read, most, report)
    if packing == "identity":
        return b"".join(chunks)
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in _unpacked(chunks, most):
            size += len(piece)
            if size > most:
                raise too_long(most)
            pieces.append(piece)
    except (zlib.error, EOFError) as error:
        raise NewsdeskError(
            f"The page came damaged: it can't be unpacked. Nothing was kept; try again. {SAVE}"
        ) from error
    return b"".join(pieces)


def too_long(most: int) -> NewsdeskError:
    """The refusal of a page that has more than `most` bytes."""
    return NewsdeskError(
        f"The page has more than {most:,} bytes, which is the most that is fetched. Nothing was "
        f"kept. {SAVE}"
    )


def _counted(
    read: Callable[[int], bytes], most: int, report: Callable[[int], None]
) -> Iterator[bytes]:
    size = 0
    while piece := read(CHUNK):
        size += len(piece)
        if size > most:
            raise too_long(most)
        report(size)
        yield piece


def _unpacked(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    """What packed chunks hold, in pieces of at most `most` + 1 bytes; raises EOFError if cut."""
    unpacker = None
    for chunk in chunks:
        if unpacker is None:
            unpacker = _unpacker(chunk)
        while chunk:
            if unpacker.eof:  # gzip may have several members
                unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
            yield unpacker.decompress(chunk, most + 1)
            chunk = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if unpacker is not None and not unpacker.eof:
        raise EOFError


def _unpacker(head: bytes) -> "zlib._Decompress":
    """For gzip and zlib; some servers send deflate without zlib's two bytes."""
    is_gzip = head[:2] == b"\x1f\x8b"
    is_zlib = len(head) > 1 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS | 32 if is_gzip or is_zlib else -zlib.MAX_WBITS)
