"""The dialog in which an editor chooses other keys; two acts never share one."""

from __future__ import annotations

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from newsdesk.ui.act import Act
from newsdesk.ui.actions import ACTS
from newsdesk.ui.bindings import Bindings, Parts, sequences
from newsdesk.ui.plain import plain_label

_NAME = Qt.ItemDataRole.UserRole


class KeyEditor(QDialog):
    """Lists the acts with their keys; `own_keys` are those that differ from the table's."""

    def __init__(self, bindings: Bindings, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels = {
            label.shortcut.upper(): label.name for label in bindings.labels if label.shortcut
        }
        self._keys = {act.name: _written(bindings.keys_of(act.name)) for act in ACTS}
        self.setWindowTitle(self.tr("Keys"))
        em = self.fontMetrics().height()
        self.resize(em * 34, em * 34)
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText(self.tr("Filter acts"))
        self._filter.setAccessibleName(self.tr("Filter acts"))
        self._filter.setClearButtonEnabled(True)
        self._tree = self._list()
        self._edit = QKeySequenceEdit(self)
        self._edit.setAccessibleName(self.tr("New key of the chosen act"))
        self._edit.setMaximumSequenceLength(1)
        self._set = self._button(self.tr("Use this key"), self._use)
        self._none = self._button(self.tr("No key"), lambda: self._give(""))
        self._reset = self._button(self.tr("As delivered"), self._restore)
        self._trouble = plain_label("", self, wrap=True)
        self._trouble.setMinimumHeight(em * 2)
        row = QHBoxLayout()
        for widget in (self._edit, self._set, self._none, self._reset):
            row.addWidget(widget)
        boxes = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(boxes.Ok | boxes.Cancel, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._filter)
        layout.addWidget(self._tree, 1)
        layout.addLayout(row)
        layout.addWidget(self._trouble)
        layout.addWidget(buttons)
        self._filter.textChanged.connect(self._proxy.setFilterFixedString)
        self._tree.selectionModel().currentChanged.connect(lambda *_: self._show())
        self._show()

    @property
    def own_keys(self) -> dict[str, str]:
        """The editor's keys by act, only where they differ from those delivered."""
        delivered = {act.name: _written(sequences(act.keys)) for act in ACTS}
        return {name: keys for name, keys in self._keys.items() if keys != delivered[name]}

    def choose(self, name: str) -> None:
        """Put the list's cursor on an act."""
        for row in range(self._proxy.rowCount()):
            index = self._proxy.index(row, 0)
            if index.data(_NAME) == name:
                self._tree.setCurrentIndex(index)

    def conflict(self, name: str, key: str) -> str:
        """What has a key already, in words; empty where it is free."""
        wanted = next(act for act in ACTS if act.name == name)
        for act in ACTS:
            if act is not wanted and act.hinders(wanted) and self._holds(act, key):
                return act.plain_text.rstrip("…")
        return self.tr("tagging as {0}").format(self._labels[key]) if key in self._labels else ""

    def _holds(self, act: Act, key: str) -> bool:
        return key in self._keys[act.name].split("; ")

    def _list(self) -> QTreeView:
        self._items = QStandardItemModel(0, 2, self)
        self._items.setHorizontalHeaderLabels([self.tr("Act"), self.tr("Keys")])
        for act in ACTS:
            text = QStandardItem(act.plain_text.rstrip("…"))
            text.setData(act.name, _NAME)
            keys = QStandardItem(_shown(self._keys[act.name]))
            for item in (text, keys):
                item.setEditable(False)
            self._items.appendRow([text, keys])
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self._items)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        tree = QTreeView(self)
        tree.setModel(self._proxy)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAccessibleName(self.tr("Acts and their keys"))
        tree.setColumnWidth(0, self.fontMetrics().averageCharWidth() * 44)
        tree.setCurrentIndex(self._proxy.index(0, 0))
        return tree

    def _button(self, text: str, do) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())
        return button

    @property
    def _act(self) -> Act | None:
        name = self._tree.currentIndex().siblingAtColumn(0).data(_NAME)
        return next((act for act in ACTS if act.name == name), None)

    def _show(self) -> None:
        act = self._act
        for widget in (self._edit, self._set, self._none, self._reset):
            widget.setEnabled(act is not None)
        self._trouble.setText("")
        if act is not None:
            found = sequences(self._keys[act.name])
            self._edit.setKeySequence(found[0] if found else QKeySequence())

    def _use(self) -> None:
        self._give(_written([self._edit.keySequence()]))

    def _restore(self) -> None:
        if self._act is not None:
            self._give(_written(sequences(self._act.keys)))

    def _give(self, keys: str) -> None:
        act = self._act
        if act is None:
            return
        for key in keys.split("; ") if keys else ():
            holder = self.conflict(act.name, key)
            if holder:
                said = self.tr("{0} is the key of “{1}”. Choose another, or free it there first.")
                self._trouble.setText(said.format(key, holder))
                return
        self._keys[act.name] = keys
        source = self._proxy.mapToSource(self._tree.currentIndex())
        self._items.item(source.row(), 1).setText(_shown(keys))
        self._show()


def _written(keys: list[QKeySequence]) -> str:
    return "; ".join(key.toString(Parts) for key in keys if not key.isEmpty())


def _shown(keys: str) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ",  ".join(key.toString(native) for key in sequences(keys))
