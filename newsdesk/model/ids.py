"""Identifiers given at birth: UUID version 7, so that ids sort by time and desks can be merged."""

import os
import re
import threading
import time

_FORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_lock = threading.Lock()
_last = (0, 0)


def new_id() -> str:
    """A fresh UUIDv7 as text (RFC 9562 §5.7), strictly ascending within this process.

    The 12 bits after the millisecond count ids of the same millisecond (§6.2, method 1); when
    they run out, or the clock steps back, the last time is carried on.
    """
    global _last
    millisecond = time.time_ns() // 1_000_000
    with _lock:
        then, count = _last
        if millisecond > then:
            count = 0
        else:
            millisecond, count = then, count + 1
            if count > 0xFFF:
                millisecond, count = then + 1, 0
        _last = (millisecond, count)
    tail = int.from_bytes(os.urandom(8), "big") & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    text = f"{millisecond:012x}7{count:03x}{tail:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_id(text: str) -> bool:
    """Whether a text has the form of an id of this project."""
    return _FORM.fullmatch(text) is not None
