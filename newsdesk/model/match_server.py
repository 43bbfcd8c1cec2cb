"""The process that looks for regular expressions: it can be killed, a thread could not be."""

from multiprocessing.connection import Connection

from newsdesk.model.errors import NewsdeskError
from newsdesk.model.matching import Sought, matches, packed

PART = 250_000
"""Code points of a text that are sent at a time: more would hold up who sends them."""


def send_text(line: Connection, text: str) -> None:
    """Send a text part by part, as the server wants it."""
    line.send(len(range(0, len(text), PART)))
    for at in range(0, len(text), PART):
        line.send_bytes(text[at : at + PART].encode("utf-8", "surrogatepass"))


def serve(line: Connection) -> None:
    """Take texts (their number of parts, then the parts), and answer what is Sought in the last
    one with packed spans, or with a sentence that says what is wrong."""
    text = ""
    while True:
        try:
            asked = line.recv()
            if isinstance(asked, int):
                parts = (line.recv_bytes() for _ in range(asked))
                text = "".join(part.decode("utf-8", "surrogatepass") for part in parts)
                continue
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            assert isinstance(asked, Sought)
            line.send_bytes(b"+" + packed(matches(text, asked)))
        except (NewsdeskError, MemoryError, RecursionError) as error:
            line.send_bytes(b"-" + str(error).encode())
