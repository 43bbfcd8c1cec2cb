"""The claims of one article as a picture, in place of a claim's pane."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from newsdesk.ui.plain import ElidedLabel, scaled_font


class ArticlePage(QWidget):
    """The frame of the picture: the article's title, and the way back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.article = ""
        self._title = ElidedLabel(self)
        self._title.setFont(scaled_font(self._title.font(), 1.1, bold=True))
        self.back = QPushButton(self.tr("Back to the claim"), self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().hide()
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("Claims of the article"))
        em = self.fontMetrics().height()
        row = QHBoxLayout()
        row.setContentsMargins(em * 2 // 3, em // 2, em * 2 // 3, 0)
        row.addWidget(self._title, 1)
        row.addWidget(self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.tabs, 1)

    def show_article(self, id: str, title: str) -> None:
        """Say which article's claims are seen; an empty id: none."""
        self.article = id
        self._title.show_text(self.tr("Where the claims of “{0}” come from").format(title))
