"""Names of files for articles, such as `00007-harbour-closed`: in order, and safe on any system."""

import re
import unicodedata

from newsdesk.model import Article

_UNFIT = re.compile(r"[^a-z0-9]+")
_LONGEST = 40


def file_stem(number: int, article: Article) -> str:
    """The name, without a suffix, of the file of the article with this number in the dataset."""
    plain = unicodedata.normalize("NFKD", article.title[:200].lower())
    words = _UNFIT.sub("-", "".join(sign for sign in plain if sign.isascii())).strip("-")
    cut = words[:_LONGEST].rstrip("-")
    return f"{number:05d}-{cut}" if cut else f"{number:05d}"
