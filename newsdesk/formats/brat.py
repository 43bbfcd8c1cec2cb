"""brat standoff: a folder (or a zip of one) with a .txt and an .ann for each article."""

from newsdesk.formats.brat_reading import read_brat
from newsdesk.formats.brat_writing import write_brat
from newsdesk.formats.format import FileFormat, Part

FORMAT = FileFormat(
    name="brat",
    title="brat standoff",
    suffixes=(".ann",),
    looks_like=lambda head: (
        head.startswith(b"PK\x03\x04")
        and any(sign in head for sign in (b".ann", b"annotation.conf"))
    ),
    losses=frozenset({Part.JOURNAL}),
    read=read_brat,
    write=write_brat,
    folder=True,
)
