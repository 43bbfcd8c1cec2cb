"""What an editor says of the articles in a file, instead of what the file itself proposes."""

from collections.abc import Mapping

from newsdesk.formats.format import Bundle
from newsdesk.model import Article, NewsdeskError, replace

FIELDS = ("title", "published", "byline", "outlet", "language", "url")
"""What can be said; `outlet` is a publication's name."""

EVERY = ("outlet", "language")
"""Of these, what may be the same for all articles of a file."""


def amended(bundle: Bundle, fields: Mapping[str, str]) -> Bundle:
    """A bundle whose article has these fields; an empty one means that there is none.

    Raises NewsdeskError for a field that is none, no title, no language, or no date.
    """
    changes: dict[str, str | None] = {}
    for name, said in fields.items():
        value = " ".join(said.split())
        if name not in FIELDS:
            raise NewsdeskError(
                f"{name} is nothing that can be said of an article. Nothing was imported; say "
                f"one of {', '.join(FIELDS)}."
            )
        if not value and name in ("title", "language"):
            raise NewsdeskError(f"An article needs a {name}. Nothing was imported; give it one.")
        changes[name] = value or None
    outlet = changes.pop("outlet", "")
    article: Article = bundle.article
    try:
        if changes:
            article = replace(article, **changes)
        if outlet != "":  # another one, or none: not what the file refers to
            bundle = replace(bundle, outlet=outlet or "")
            article = replace(article, outlet=None)
    except ValueError as error:
        raise NewsdeskError(f"Nothing was imported: {error}.") from error
    return replace(bundle, article=article)
