"""HTML: pages in, the article of each without its menus (see `html_article`)."""

from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.html_article import looks_like_page, read

FORMAT = FileFormat(
    name="html",
    title="Web page",
    suffixes=(".html", ".htm", ".xhtml"),
    looks_like=looks_like_page,
    losses=frozenset(Part) - {Part.RAW},
    read=read,
)
