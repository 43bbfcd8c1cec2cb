"""The inspector: what is known of the selected annotation, and all annotations of the article."""

from newsdesk.ui.inspector.panel import Inspector

__all__ = ["Inspector"]
