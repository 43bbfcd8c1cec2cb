"""The library: the desk's articles, found, filtered and opened."""

from newsdesk.ui.library.panel import LibraryPanel

__all__ = ["LibraryPanel"]
