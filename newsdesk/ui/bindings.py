"""The acts as QActions: their keys, their icons, and when they are greyed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QWidget, QWidgetAction

from newsdesk.model import Label
from newsdesk.ui.act import Act
from newsdesk.ui.actions import ACTS, MENUS
from newsdesk.ui.icons import icon
from newsdesk.ui.plain import plain_tip

TAG = "tag."
"""Begins the name of the act that tags with a label; its id follows."""

ON_ANNOTATIONS = frozenset({"current", "proposed", "mention", "shown"})
"""An act that needs one of these facts acts on annotations, wherever they are listed."""

Parts = QKeySequence.SequenceFormat.PortableText


class Bindings(QObject):
    """One QAction for each row of the table, and one for each label of the codebook.

    `asked` gives the act to be done, `tagged` the label to tag with. Keys of `Act.typed` hold in
    the widgets given by `type_in`, all others in the whole window.
    """

    asked = Signal(object)
    tagged = Signal(object)

    def __init__(self, window: QWidget, keys: Mapping[str, str]) -> None:
        super().__init__(window)
        self._window = window
        self._text: QWidget | None = None
        self._palette = self._tinted_for = QPalette()
        self._facts: frozenset[str] | None = None
        self._labels: dict[str, Label] = {}
        self._tags: dict[str, QAction] = {}
        self._tag_menus: list[QMenu] = []
        self.acts: dict[str, Act] = {act.name: act for act in ACTS}
        self._actions: dict[str, QAction] = {act.name: self._made(act) for act in ACTS}
        self.set_keys(keys)

    def action(self, name: str) -> QAction:
        """The QAction of an act."""
        return self._actions[name]

    def found(self, name: str) -> QAction:
        """The QAction of an act or, by `TAG` and its id, of a label."""
        return self._tags[name] if name in self._tags else self._actions[name]

    @property
    def labels(self) -> list[Label]:
        """The labels that can be tagged with, in the codebook's order."""
        return list(self._labels.values())

    def type_in(self, text: QWidget, *lists: QWidget) -> None:
        """Let the plain letters of `typed` acts and of labels hold in the text, and in lists of
        annotations those that act on what the list shows: Tab leaves a list as it leaves any."""
        self._text = text
        for act in ACTS:
            if act.typed:
                text.addAction(self._actions[act.name])
                for view in lists if act.needs & ON_ANNOTATIONS else ():
                    view.addAction(self._actions[act.name])
        for tag in self._tags.values():
            text.addAction(tag)

    # Keys

    def set_keys(self, own: Mapping[str, str]) -> None:
        """Use the editor's own keys where there are any, the table's otherwise."""
        for act in ACTS:
            action = self._actions[act.name]
            action.setShortcuts(sequences(own.get(act.name, act.keys)))
            said = act.shown_hint or act.plain_text.rstrip("…")
            keys = self.shown_keys(act.name)
            action.setToolTip(plain_tip(f"{said} ({keys})" if keys else said))
        self._free_tag_keys()

    def keys_of(self, name: str) -> list[QKeySequence]:
        """The key sequences of an act now."""
        return self._actions[name].shortcuts()

    def shown_keys(self, name: str) -> str:
        """An act's first key, as this platform writes it; empty where it has none."""
        return self.found(name).shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def set_labels(self, labels: Iterable[Label]) -> None:
        """Draw the acts that tag from the codebook. A key of the table wins over a label's."""
        for tag in self._tags.values():
            if self._text is not None:
                self._text.removeAction(tag)
            tag.deleteLater()
        self._labels = {label.id: label for label in labels}
        self._tags = {}
        for label in self._labels.values():
            tag = QAction(label.name.replace("&", "&&"), self)
            tag.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            tag.triggered.connect(_call(self.tagged.emit, label))
            self._tags[TAG + label.id] = tag
            if self._text is not None:
                self._text.addAction(tag)
        self._free_tag_keys()
        for menu in self._tag_menus:
            self._fill_tag_menu(menu)
        self._grey_tags()

    def _free_tag_keys(self) -> None:
        # Keys of another workspace are free here: its acts are greyed while the text is seen.
        here = [act for act in ACTS if act.where in ("", "annotate")]
        taken = {one.toString(Parts) for act in here for one in self.keys_of(act.name)}
        for name, tag in self._tags.items():
            key = self._labels[name.removeprefix(TAG)].shortcut.upper()
            tag.setShortcut(QKeySequence(key) if key and key not in taken else QKeySequence())

    # What is greyed and ticked

    def refresh(self, facts: frozenset[str], titles: Mapping[str, str]) -> None:
        """Grey and tick by what holds of the window; `titles` replaces texts, as of undo."""
        for name, text in titles.items():
            self._actions[name].setText(text)
        if facts == self._facts:
            return
        self._facts = facts
        for act in ACTS:
            action = self._actions[act.name]
            action.setEnabled(act.needs <= facts)
            if act.shows:
                action.setChecked(act.shows in facts)
        self._grey_tags()

    def _grey_tags(self) -> None:
        able = self._facts is not None and {"words", "writable"} <= self._facts
        for tag in self._tags.values():
            tag.setEnabled(able)

    def tint(self, palette: QPalette) -> None:
        """Draw the icons in the palette's colours: those of the toolbar now, those of the menus
        when the first of them opens."""
        self._palette = palette
        self._tint(act for act in ACTS if act.toolbar)

    def _tint_menus(self) -> None:
        if self._tinted_for != self._palette:
            self._tinted_for = self._palette
            self._tint(act for act in ACTS if not act.toolbar)

    def _tint(self, acts: Iterable[Act]) -> None:
        for act in acts:
            if act.icon:
                self._actions[act.name].setIcon(icon(act.icon, self._palette))

    # Where they stand

    def fill_menus(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Draw the menu bar; gives the menus by name."""
        menus: dict[str, QMenu] = {}
        for name, text in MENUS:
            above = menus[name.rpartition(".")[0]] if "." in name else bar
            menu = above.addMenu(QCoreApplication.translate("menus", text))
            menu.aboutToShow.connect(self._tint_menus)
            menus[name] = menu
            self._fill(menu, [act for act in ACTS if act.menu == name])
        first = menus["annotate"].actions()[0]
        tags = QMenu(QCoreApplication.translate("menus", "&Tag"), menus["annotate"])
        menus["annotate"].insertMenu(first, tags)
        self._tag_menus.append(tags)
        self._fill_tag_menu(tags)
        return menus

    def fill_toolbar(
        self, bar: QToolBar, left: Iterable[str], right: Iterable[str], shown: str
    ) -> None:
        """Put the acts that are for the workspace `shown` on the toolbar, by name; an empty name
        draws a line."""
        for old in bar.actions():
            bar.removeAction(old)
            if old.isSeparator() or isinstance(old, QWidgetAction):
                old.deleteLater()
        self._put_on(bar, left, shown)
        spacer = QWidget()
        spacer.setSizePolicy(
            spacer.sizePolicy().Policy.Expanding, spacer.sizePolicy().Policy.Preferred
        )
        bar.addWidget(spacer)
        self._put_on(bar, right, shown)

    def _put_on(self, bar: QToolBar, names: Iterable[str], shown: str) -> None:
        line = first = True
        for name in names:
            if not name:
                line = True
            elif self.acts[name].place in ("", shown):
                if line and not first:
                    bar.addSeparator()
                bar.addAction(self._actions[name])
                line = first = False

    def context_menu(self, what: str, parent: QWidget) -> QMenu:
        """A menu of what can be done with the `annotation` or the `article` at hand."""
        self._tint_menus()
        menu = QMenu(parent)
        if what == "annotation":
            tags = menu.addMenu(QCoreApplication.translate("menus", "&Tag"))
            self._fill_tag_menu(tags)
            menu.addSeparator()
        self._fill(menu, [act for act in ACTS if act.context == what])
        return menu

    def _fill(self, menu: QMenu, acts: list[Act]) -> None:
        group = acts[0].group if acts else 0
        for act in acts:
            if act.group != group:
                menu.addSeparator()
                group = act.group
            menu.addAction(self._actions[act.name])

    def _fill_tag_menu(self, menu: QMenu) -> None:
        menu.clear()
        for tag in self._tags.values():
            menu.addAction(tag)

    def _made(self, act: Act) -> QAction:
        action = QAction(act.shown_text, self)
        action.setObjectName(act.name)
        action.setCheckable(bool(act.shows))
        action.setStatusTip(act.shown_hint)
        action.triggered.connect(_call(self.asked.emit, act))
        if act.name == "quit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        if act.typed:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        else:
            self._window.addAction(action)
        return action


def sequences(keys: str) -> list[QKeySequence]:
    """The sequences in a text such as `Ctrl+=; Ctrl++`."""
    return [one for one in QKeySequence.listFromString(keys, Parts) if not one.isEmpty()]


def _call(function: Callable[[object], object], value: object) -> Callable[..., object]:
    return lambda *_: function(value)
