"""Ids, layers and colours for what a file only names: the same from every file."""

import hashlib
import re

from newsdesk.model import Layer

PALETTE = (
    *("#56B4E9", "#E69F00", "#009E73", "#F0E442", "#CC79A7", "#D55E00", "#0072B2"),
    *("#88CCEE", "#DDCC77", "#44AA99"),
)
"""Colours for labels that come without: told apart by most eyes (Okabe and Ito 2008, Tol)."""

_LAYER_WORDS = {
    **dict.fromkeys(("quote", "quotation", "content"), Layer.QUOTE),
    "claim": Layer.CLAIM,
    **dict.fromkeys(("source", "speaker"), Layer.SOURCE),
    "cue": Layer.CUE,
    "hedge": Layer.HEDGE,
}


def derived_id(*parts: str) -> str:
    """An id out of what a thing is, for files without ids: a UUID of version 8 (RFC 9562 §5.8)
    from the SHA-256 of the parts."""
    return id_from("\0".join(parts))


def id_from(key: str) -> str:
    """`derived_id` of parts that were joined already."""
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def label_id(name: str, layer: Layer) -> str:
    """The id of a label that a file only names."""
    return derived_id("label", layer.value, name)


def layer_of(name: str) -> Layer:
    """The layer that a label's name speaks of; entities where it says nothing else."""
    for word in re.split(r"[^a-z]+", name.lower()):
        if word in _LAYER_WORDS:
            return _LAYER_WORDS[word]
    return Layer.ENTITY
