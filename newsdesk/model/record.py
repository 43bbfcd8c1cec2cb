"""What all records share: a frozen, slotted value with an id given at birth."""

from datetime import date, datetime, timezone
from typing import Any

import msgspec
from msgspec import field

from newsdesk.model.ids import new_id


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Anything the desk keeps: compared by all fields, hashed by id, changed by `replace` only.

    `extra` holds keys that a dataset brought and Newsdesk does not know: they are given back on
    export. (msgspec structs rather than dataclasses: born four times as fast, docs/adr/0007.)
    """

    id: str = field(default_factory=new_id)
    extra: dict[str, Any] = field(default_factory=dict)

    # Records hold dicts (attributes, extra), which are treated as frozen but can't be hashed.
    def __hash__(self) -> int:
        return hash(self.id)


def now() -> str:
    """The present moment as UTC, ISO 8601 with milliseconds: sorts as text."""
    moment = datetime.now(timezone.utc)  # noqa: UP017 - datetime.UTC hides what it is
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def check_date(text: str | None, what: str) -> None:
    """Raise ValueError unless `text` is None or an ISO 8601 date or time."""
    if text is None:
        return
    try:
        date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{what} is no date: {text!r}; write it as 2017-07-22") from error
