"""REFI-QDA codebooks (.qdc): the labels alone."""

from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.refi_reading import read_codebook
from newsdesk.formats.refi_writing import CODEBOOK, write_codebook

FORMAT = FileFormat(
    name="refi-qdc",
    title="REFI-QDA codebook (.qdc)",
    suffixes=(".qdc",),
    looks_like=lambda head: CODEBOOK.encode() in head,
    losses=frozenset(Part) - {Part.CODEBOOK},
    read=read_codebook,
    write=write_codebook,
)
