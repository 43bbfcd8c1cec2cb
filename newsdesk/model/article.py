"""Articles: immutable texts with what is known of their publication."""

from newsdesk.model.record import Record, check_date, now
from newsdesk.model.text import CANONISER, canonise, sha256_of
from newsdesk.model.values import ArticleStatus


class Article(Record, frozen=True, kw_only=True, gc=False):
    """An article as it was printed.

    `text` is canonical (see `canonise`) and never changes; `sha256` is that of its UTF-8.
    `raw` holds the bytes that came in, or None where they are exactly the text's UTF-8.
    `outlet` is the id of a Source of kind media outlet; `supersedes` that of an older version.
    """

    title: str
    text: str
    language: str = "en"
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    section: str | None = None
    status: ArticleStatus = ArticleStatus.NEW
    embargo_until: str | None = None
    supersedes: str | None = None
    imported_at: str = ""
    format: str = ""
    encoding: str = "utf-8"
    canoniser: int = CANONISER
    raw: bytes | None = None
    sha256: str

    def __post_init__(self) -> None:
        check_date(self.published, "the date of publication")
        check_date(self.embargo_until, "the embargo")
        if self.supersedes == self.id:
            raise ValueError("an article can't supersede itself")


def new_article(text: str, **fields: object) -> Article:
    """An article from a text in any form, made canonical; `fields` are the article's others."""
    text = canonise(text)
    values: dict[str, object] = {"title": "", "imported_at": now(), **fields}
    return Article(text=text, sha256=sha256_of(text), **values)  # type: ignore[arg-type]
