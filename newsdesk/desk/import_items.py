"""A reader at work on one file: what it gives, and its breakdowns as problems of that file."""

import logging
from collections.abc import Iterator

from newsdesk.formats.format import Format, Input, Item, Problem, Reading
from newsdesk.model import NewsdeskError

_log = logging.getLogger(__name__)


def items_of(source: Input, format: Format, reading: Reading) -> Iterator[Item]:
    """What a reader gives of a file; where it breaks down, that is a problem of this file."""
    assert format.read is not None, "a format that reads was chosen"
    try:
        yield from format.read(source, reading)
    except NewsdeskError as error:
        yield Problem(file=source.name, message=str(error))
    except OSError as error:
        yield Problem(file=source.name, message=f"it can't be read: {error.strerror}.")
    except Exception as error:  # noqa: BLE001 - a plug-in's fault must not stop other files
        _log.warning("format %s broke down: %s", format.name, type(error).__name__)
        what = f"the reader of {format.name} broke down ({type(error).__name__})"
        yield Problem(file=source.name, message=f"{what}. This is a fault of Newsdesk; report it.")
