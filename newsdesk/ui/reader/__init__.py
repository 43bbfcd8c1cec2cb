"""The reader: an article with its marks painted under the words."""

from newsdesk.ui.reader.reader import Reader

__all__ = ["Reader"]
