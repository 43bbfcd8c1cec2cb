"""TEI P5: a corpus of articles with standoff annotations, in one XML file."""

from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.tei_reading import read_tei
from newsdesk.formats.tei_writing import TEI, write_tei

FORMAT = FileFormat(
    name="tei",
    title="TEI P5 (standoff)",
    suffixes=(".tei", ".xml"),
    looks_like=lambda head: TEI.encode() in head,
    losses=frozenset({Part.JOURNAL}),
    read=read_tei,
    write=write_tei,
)
