"""HTML: pages in, the article of each without its menus (see `html_article`); a page to read out
(see `html_page`)."""

from newsdesk.formats.format import FileFormat
from newsdesk.formats.html_article import looks_like_page, read
from newsdesk.formats.html_page import LOST, write_html

FORMAT = FileFormat(
    name="html",
    title="Web page",
    suffixes=(".html", ".htm", ".xhtml"),
    looks_like=looks_like_page,
    losses=LOST,
    read=read,
    write=write_html,
)
