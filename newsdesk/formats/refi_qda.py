"""REFI-QDA projects (.qdpx): the exchange format of QualCoder, NVivo, ATLAS.ti and MAXQDA."""

from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.refi_reading import read_project
from newsdesk.formats.refi_writing import write_project

FORMAT = FileFormat(
    name="refi-qda",
    title="REFI-QDA project (.qdpx)",
    suffixes=(".qdpx",),
    looks_like=lambda head: (
        head.startswith(b"PK\x03\x04")
        and any(sign in head for sign in (b"project.qde", b"sources/", b"Sources/"))
    ),
    losses=frozenset({Part.JOURNAL}),
    read=read_project,
    write=write_project,
)
