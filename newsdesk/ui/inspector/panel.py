"""The inspector: the selected annotation above, all annotations of the article below."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from newsdesk.desk import Desk
from newsdesk.model import Annotation, Edit
from newsdesk.ui.editing import Editing
from newsdesk.ui.inspector.entity_list import EntityPage
from newsdesk.ui.inspector.heading import Heading
from newsdesk.ui.inspector.history import HistoryPage
from newsdesk.ui.inspector.list_panel import ListPanel
from newsdesk.ui.inspector.properties import Properties
from newsdesk.ui.inspector.tabs import Tabs
from newsdesk.ui.open_article import OpenArticle

AFTER_PAINTING = 12
"""Milliseconds after which a change has been painted in the text, which comes first."""


class Inspector(QWidget):
    """Shows what is current in the reader; every property is changed in place."""

    def __init__(
        self,
        desk: Desk,
        open_article: OpenArticle,
        editing: Editing,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._open = open_article
        self._current: Annotation | None = None
        self.heading = Heading(open_article, self)
        self.properties = Properties(desk, open_article, editing, self.heading, self)
        self.list = ListPanel(open_article, self)
        self.entities = EntityPage(desk, open_article, self)
        self.entities.picked.connect(self.list.picked)
        self.tabs = Tabs(self)
        self.tabs.add(self.list, self.tr("Annotations"))
        self.tabs.add(self.entities, self.tr("Entities"))
        self.history = HistoryPage(desk, open_article, lambda: self._current, self)
        self.tabs.add(self.history, self.tr("History"))
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.addWidget(self.properties)
        self.splitter.addWidget(self.tabs)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([380, 420])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        # The text is painted first: the inspector follows when there is a moment.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_PAINTING)
        self._soon.timeout.connect(self._show)

    def show_article(self) -> None:
        """Show the open article's annotations."""
        self._current = None
        self.list.model.reload()
        self.list.view.scrollToTop()
        self.tabs.refresh()
        self._soon.start()

    def show_current(self, annotation: Annotation | None) -> None:
        """Show an annotation, as soon as there is a moment."""
        before, self._current = self._current, annotation
        if (before and before.id) != (annotation and annotation.id):
            self.tabs.refresh(())
        self._soon.start()

    def follow(self, edits: tuple[Edit, ...]) -> None:
        """Take over what changed."""
        self.list.model.follow(edits)
        self.tabs.refresh(edits)
        self._soon.start()

    def edit(self) -> None:
        """Put the cursor into the first field of what is current."""
        self._soon.stop()
        self._show()
        self.show()
        field = self.properties.first_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit_missing(self) -> None:
        """Put the cursor into the first field that must be answered and is not."""
        self._soon.stop()
        self._show()
        self.show()
        self.properties.edit_missing()

    @property
    def settled(self) -> bool:
        """Whether everything that is to be shown is shown."""
        return not self._soon.isActive() and self.tabs.settled and self.history.settled

    def set_held(self, held: bool) -> None:
        """Grey the fields while something else writes to the desk."""
        self.properties.set_held(held)

    def commit(self) -> None:
        """Keep what is being typed, before the window closes or another article opens."""
        self.properties.commit()
        self._soon.start()

    def stop(self) -> None:
        """Show nothing more."""
        self._soon.stop()
        self.tabs.stop()
        self.history.stop()

    def _show(self) -> None:
        now = self._open.annotations.get(self._current.id) if self._current else None
        self.properties.show_annotation(now)
        self.list.mark_current(now)
