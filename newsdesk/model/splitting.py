"""The words for how a dataset is split and cut."""

from enum import StrEnum


class SplitBy(StrEnum):
    """What stays whole when a dataset is split."""

    ARTICLE = "article"
    OUTLET = "outlet"
    DATE = "date"


class Chunk(StrEnum):
    """The pieces that articles are cut into."""

    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"
