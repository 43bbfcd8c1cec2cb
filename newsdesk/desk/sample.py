"""The sample desk: the newsroom's codebook and the annotated articles that ship with Newsdesk."""

from pathlib import Path

from newsdesk.desk.codebooks import use_codebook
from newsdesk.desk.desk import Desk, create_desk
from newsdesk.desk.importing import import_files
from newsdesk.settings import shipped


def build_sample_desk(place: str | Path, author: str) -> Desk:
    """Make a new desk out of the seeds; raises NewsdeskError where there is one already."""
    desk = create_desk(place, author)
    with desk.change("Build the sample desk"):
        use_codebook(desk)
        import_files(desk, sorted(shipped("seeds").glob("[0-9]*.json")))
    return desk
