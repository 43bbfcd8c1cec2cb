"""The window: composes the workspace, the acts and the bars; it decides nothing itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QToolBar, QVBoxLayout, QWidget

from newsdesk.desk import Desk
from newsdesk.model import Label, NewsdeskError, Revision
from newsdesk.settings import Preferences, save_preferences, shipped
from newsdesk.ui.act import Act
from newsdesk.ui.actions import MENUS
from newsdesk.ui.annotate import Annotate
from newsdesk.ui.ask import Ask
from newsdesk.ui.bindings import Bindings
from newsdesk.ui.deciding import Deciding
from newsdesk.ui.editing import Editing
from newsdesk.ui.facts import facts_of
from newsdesk.ui.filing import Filing
from newsdesk.ui.find_bar import FindBar
from newsdesk.ui.going import Going
from newsdesk.ui.helping import Helping
from newsdesk.ui.inspector.panel import AFTER_PAINTING
from newsdesk.ui.jobs import Jobs
from newsdesk.ui.look import SystemLook
from newsdesk.ui.message_bar import MessageBar
from newsdesk.ui.missing import lacking_in, next_missing, said_missing
from newsdesk.ui.news import News
from newsdesk.ui.reader import Reader
from newsdesk.ui.remembering import Remembering
from newsdesk.ui.session import Session
from newsdesk.ui.status_line import StatusLine
from newsdesk.ui.stepping import Stepping
from newsdesk.ui.suggesting import Suggesting
from newsdesk.ui.superseding import Superseding
from newsdesk.ui.theme import Theme, qpalette
from newsdesk.ui.viewing import Viewing
from newsdesk.ui.workspaces import WORKSPACES, Shared, Workspaces

FIRST_SIZE = (76, 51)
"""Width and height at the first start, in heights of a line."""
LEFT_TOOLS = (
    *(f"workspace.{each.name}" for each in WORKSPACES),
    *("", "panel.library", "", "back", "forth", "", "undo", "redo", ""),
    *("suggest", "accept", "reject"),
)
WORKSPACE_MENUS = frozenset(name for name, _ in MENUS) & {each.name for each in WORKSPACES}
RIGHT_TOOLS = ("find", "import.files", "export", "", "panel.inspector")


class Window(QMainWindow):
    """One desk in one window.

    `place` is the desk's file or address, for jobs that open it for themselves; `desk_wanted`
    asks for another desk to be opened in this window's stead. `session` None remembers nothing.
    """

    desk_wanted = Signal(str)
    closed = Signal()
    annotate: Annotate
    reader: Reader
    find_bar: FindBar
    editing: Editing
    deciding: Deciding
    going: Going
    viewing: Viewing
    filing: Filing
    helping: Helping
    suggesting: Suggesting
    stepping: Stepping

    def __init__(
        self,
        desk: Desk,
        place: str,
        preferences: Preferences,
        *,
        session: Session | None = None,
        system: SystemLook | None = None,
        ask: Ask | None = None,
    ) -> None:
        super().__init__()
        self.desk, self.place = desk, place
        self.session = session
        self.ask = ask or Ask()
        self.stepping = Stepping(self)
        self.jobs = Jobs(self)
        self.news = News(desk, self)
        self.bindings = Bindings(self, preferences.keys)
        self.messages = MessageBar(self)
        self.annotate = Annotate(desk, self.news, preferences.checklist_done, self)
        self.reader = self.annotate.reader
        self.find_bar = self.annotate.find_bar
        self.editing, self.deciding = self.annotate.editing, self.annotate.deciding
        self.going = self.annotate.going
        shared = Shared(desk, place, self.news, self.jobs, self.ask)
        self.workspaces = Workspaces(self.annotate, shared, self)
        self.viewing = Viewing(
            self.reader, self._panels(), preferences, system or SystemLook(self), self
        )
        self.filing = Filing(self)
        self.suggesting = Suggesting(self)
        self.helping = Helping(
            self,
            self.bindings,
            self.annotate.popups,
            self.annotate.checklist,
            self._label_at_hand,
            lambda dialog: self.ask.run(dialog),
        )
        self._compose()
        self._connect()
        self.viewing.apply()
        self._saved()
        self._entitle()
        self.annotate.library.view.setFocus(Qt.FocusReason.OtherFocusReason)
        Superseding(self)
        self._remembering = Remembering(self)
        self._remembering.come_back()
        self._refresh_now()
        self.news.start()

    # Composition

    def _panels(self) -> dict[str, QWidget]:
        return {
            "library": self.annotate.left,
            "codebook": self.annotate.codebook,
            "inspector": self.annotate.inspector,
        }

    def _compose(self) -> None:
        self.setWindowIcon(QIcon(str(shipped("resources", "icons", "newsdesk.svg"))))
        em = self.fontMetrics().height()
        self.resize(*(side * em for side in FIRST_SIZE))
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.menus = self.bindings.fill_menus(self.menuBar())
        self.toolbar = QToolBar(self.tr("Tools"), self)
        self.toolbar.setMovable(False)
        self.toolbar.setIconSize(QSize(em + 3, em + 3))
        self.addToolBar(self.toolbar)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self.workspaces, 1)
        self.setCentralWidget(middle)
        self.status_line = StatusLine(self.jobs, self)
        self.setStatusBar(self.status_line)
        self.bindings.type_in(self.reader, self.annotate.inspector.list.view)
        self.bindings.set_labels(self.annotate.open.codebook)
        self.setTabOrder(self.annotate.library.view, self.annotate.codebook.view)
        # Many things change at once: what is greyed is worked out once, when there is a moment.
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(AFTER_PAINTING)
        self._refresh.timeout.connect(self._refresh_now)
        self._show_menus(self.workspaces.current)

    def _connect(self) -> None:
        self.bindings.asked.connect(self.perform)
        self.bindings.tagged.connect(self.editing.tag)
        told, others = (self.annotate, self.filing), self.workspaces
        for said in (*(part.said for part in told), self.helping.said, others.said):
            said.connect(self.status_line.say)
        for failed in (*(part.failed for part in told), self.news.failed, others.failed):
            failed.connect(self.messages.say)
        self.status_line.wanted.connect(self._next_suggestion)
        self.status_line.missing_wanted.connect(lambda: next_missing(self))
        self.annotate.changed.connect(self._refresh.start)
        self.annotate.article_changed.connect(self._entitle)
        self.annotate.reading.connect(lambda: self.workspaces.show_one("annotate"))
        self.workspaces.changed.connect(self._refresh.start)
        self.workspaces.article_wanted.connect(self.annotate.read)
        self.workspaces.shown.connect(self._show_menus)
        self.annotate.codebook_changed.connect(
            lambda: self.bindings.set_labels(self.annotate.open.codebook)
        )
        self.annotate.annotation_menu.connect(lambda at: self._pop_up("annotation", at))
        self.annotate.article_menu.connect(lambda at: self._pop_up("article", at))
        self.annotate.import_wanted.connect(self.filing.import_files)
        self.annotate.checklist.changed.connect(
            lambda done: self._prefer(replace(self.preferences, checklist_done=done))
        )
        self.viewing.preferred.connect(self._prefer)
        self.viewing.themed.connect(self._tint)
        self.viewing.changed.connect(self._show_view)
        self.reader.zoomed.connect(self._zoomed)
        self.helping.keys_chosen.connect(self._set_keys)
        self.filing.desk_wanted.connect(self.desk_wanted)
        self.filing.busy_changed.connect(self._hold)
        self.news.revised.connect(self._follow)

    # Acts

    def perform(self, act: Act) -> None:
        """Do an act of the table; what the desk refuses is said in the message bar."""
        try:
            act.verb(self)
        except NewsdeskError as error:
            self.messages.say(str(error))
        self._refresh.start()

    @property
    def settled(self) -> bool:
        """Whether nothing is still put off."""
        put_off = self._refresh.isActive() or not self.annotate.asking.idle
        return not put_off and self.annotate.inspector.settled

    def event(self, event: QEvent) -> bool:
        # A key is looked up among acts that are greyed by what holds now, not a moment ago.
        if event.type() == QEvent.Type.ShortcutOverride and self._refresh.isActive():
            self._refresh_now()
        return super().event(event)

    def _hold(self) -> None:
        said = self.tr("Other work is being written to the desk; this can be changed after it")
        self.desk.held = said if self.filing.busy else ""
        self.annotate.inspector.set_held(self.filing.busy)
        self._refresh.start()

    def copy(self) -> None:
        """Copy the selected words."""
        spans, article = self.reader.selection(), self.annotate.open.article
        if spans and article is not None:
            words = " … ".join(span.of(article.text) for span in spans)
            QApplication.clipboard().setText(words)

    def search_library(self) -> None:
        """Go to the library's search field."""
        self.workspaces.show_one("annotate")
        self.viewing.show_panel("library")
        self.annotate.library.focus_search()

    def rename_author(self) -> None:
        """Ask under which name the work is journalled."""
        title, prompt = self.tr("Your name"), self.tr("Your work is journalled under this name:")
        self.set_author(self.ask.text(self, title, prompt, self.desk.author))

    def set_author(self, name: str) -> None:
        """Journal the work under this name from now on; none leaves it as it is."""
        if name and name != self.desk.author:
            self.desk.author = name
            self.stepping.forget()
            self._prefer(replace(self.preferences, author=name))
            self._refresh.start()

    def _next_suggestion(self) -> None:
        self.going.next_suggestion()
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pop_up(self, what: str, at: QPoint) -> None:
        self._refresh_now()
        menu = self.bindings.context_menu(what, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _label_at_hand(self) -> Label | None:
        chosen = self.annotate.codebook.current
        current = self.reader.current
        if chosen is not None or current is None:
            return chosen
        return self.annotate.open.labels.get(current.label)

    # What is shown

    def _follow(self, revision: Revision) -> None:
        self.status_line.show_saved(revision.at)
        self.stepping.forget()
        self._refresh.start()

    def _saved(self) -> None:
        if self.desk.read_only:
            self.status_line.show_state(self.tr("Read-only"))
            self.messages.say(
                self.tr(
                    "This desk can only be read: nothing can be tagged or imported. "
                    "Copy its file to a folder of your own and open the copy."
                ),
                error=False,
            )
            return
        last = self.desk.log(limit=1)
        if last:
            self.status_line.show_saved(last[0].at)

    def _refresh_now(self) -> None:
        self._refresh.stop()
        undoable, redoable = self.stepping.steps
        self.status_line.show_missing(said_missing(len(lacking_in(self.annotate.open))))
        facts = facts_of(self, undoable=bool(undoable), redoable=bool(redoable))
        self.bindings.refresh(facts, self.stepping.titles)
        self.status_line.show_selection(self.reader.selection())
        self.status_line.show_waiting(self.annotate.open.waiting, self.annotate.open.below)

    def _entitle(self) -> None:
        article = self.annotate.open.article
        parts = [article.title] if article is not None and article.title else []
        self.setWindowTitle(" – ".join([*parts, self.desk.name, "Newsdesk"]))

    def _show_menus(self, shown: str) -> None:
        for name in WORKSPACE_MENUS:
            self.menus[name].menuAction().setVisible(name == shown)
        self.bindings.fill_toolbar(self.toolbar, LEFT_TOOLS, RIGHT_TOOLS, shown)
        self._refresh.start()

    def _tint(self, theme: Theme) -> None:
        palette = qpalette(theme)
        self.bindings.tint(palette)
        for part in (
            self.annotate.library,
            self.annotate.find_bar,
            self.annotate.checklist,
            self.annotate.inspector.heading,
            self.status_line,
            self.workspaces,
        ):
            part.tint(palette)

    def _show_view(self) -> None:
        for bar in (self.toolbar, self.menuBar(), self.status_line):
            bar.setVisible(not self.viewing.focused)
        self.annotate.set_focused(self.viewing.focused)
        self._refresh.start()

    def _zoomed(self, percent: int) -> None:
        if percent != self.preferences.zoom:
            self.viewing.prefer(zoom=percent)

    # Preferences

    @property
    def preferences(self) -> Preferences:
        """The preferences in force."""
        return self.viewing.preferences

    def _prefer(self, preferences: Preferences) -> None:
        self.viewing.preferences = preferences
        if self.session is None:
            return
        try:
            save_preferences(preferences)
        except OSError as error:
            said = self.tr("The preferences could not be saved: {0}. Your desk is not touched.")
            self.messages.say(said.format(error.strerror or type(error).__name__))

    def _set_keys(self, keys: dict[str, str]) -> None:
        self.bindings.set_keys(keys)
        self._prefer(replace(self.preferences, keys=keys))

    # The end

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.jobs.running and not self.filing.may_stop():
            event.ignore()
            return
        self._remembering.keep()
        self.annotate.inspector.commit()
        self.viewing.keep()
        self.news.stop()
        self.suggesting.stop()
        self.jobs.stop_all()
        self.annotate.stop()
        self.workspaces.stop()
        self._refresh.stop()
        event.accept()
        self.closed.emit()

    # What is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.filing.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        # Out of the drag first: a dialog inside it would freeze the file manager.
        self.filing.take_soon(event.mimeData())
