"""The one table of everything the window can do.

Menus, toolbar, command palette, key sheet, context menus and key editor are drawn from it; a
workspace of its own keeps its rows in its `acts.py`, and they are joined here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsdesk.ui.act import Act, in_workspace
from newsdesk.ui.claims import acts as claims
from newsdesk.ui.claims.acts import picture_article
from newsdesk.ui.codebook_editor.opening import check_house, edit_codebook
from newsdesk.ui.correcting import correct_article
from newsdesk.ui.dataset import acts as dataset
from newsdesk.ui.entities import acts as entities
from newsdesk.ui.missing import next_missing
from newsdesk.ui.preferences.opening import open_preferences
from newsdesk.ui.workspaces import WORKSPACES

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

__all__ = ["ACTS", "FACTS", "MENUS"]

FACTS = frozenset(
    "article selection words current proposed mention suggestions shown found writable undo redo "
    "missing older uncertain back forth steps theme_system theme_light theme_dark serif sans codes "
    "rejected library inspector codebook focus entity quote claim source cue hedge".split()
) | {in_workspace(each.name) for each in WORKSPACES} | entities.FACTS | claims.FACTS | dataset.FACTS
"""What may hold of the window; `Act.when` names those that an act needs."""


MENUS = (
    ("file", "&File"),
    ("edit", "&Edit"),
    ("annotate", "&Annotate"),
    ("claims", "&Claims"),
    ("entities", "&Entities"),
    ("dataset", "&Dataset"),
    ("go", "&Go"),
    ("view", "&View"),
    ("view.theme", "&Theme"),
    ("view.layers", "&Layers"),
    ("help", "&Help"),
)
"""The menus in their order; a dot makes a submenu of the one named before it."""

_FILE = (
    Act("desk.new", lambda w: w.filing.new_desk(), "&New desk…", "file", keys="Ctrl+Shift+N",
        icon="new", hint="Make an empty desk with the newsroom's codebook"),
    Act("desk.open", lambda w: w.filing.open_desk(), "&Open desk…", "file", keys="Ctrl+O",
        icon="open", hint="Open another desk in this window"),
    Act("desk.sample", lambda w: w.filing.open_sample(), "Open the &sample desk", "file",
        hint="The desk with articles to try things on"),
    Act("import.files", lambda w: w.filing.import_files(), "&Import files…", "file", 1,
        keys="Ctrl+I", icon="import", when="writable", toolbar=True,
        hint="Bring in articles or datasets; files can also be dropped on the window"),
    Act("import.folder", lambda w: w.filing.import_folder(), "Import &folder…", "file", 1,
        icon="folder", when="writable", hint="Bring in every file of a folder"),
    Act("import.address", lambda w: w.filing.import_address(), "Import by &address…", "file", 1,
        icon="link", when="writable",
        hint="Fetch one page by its address, and bring in the article in it"),
    Act("import.paste", lambda w: w.filing.paste(), "&Paste as article…", "file", 1, keys="Ctrl+V",
        icon="paste", when="writable",
        hint="Make an article of the text, or import the files, in the clipboard"),
    Act("desk.merge", lambda w: w.filing.merge(), "&Merge another desk…", "file", 1,
        icon="merge", when="writable",
        hint="Bring in what a colleague's desk has; what both changed is asked"),
    Act("export", lambda w: w.filing.export(), "&Export…", "file", 2, keys="Ctrl+E", icon="export",
        toolbar=True, hint="Write the annotated articles as a dataset"),
    Act("article.correct", lambda w: correct_article(w), "Replace by a &corrected version…",
        "file", 3, icon="article", when="article writable", context="article",
        hint="What stands there word for word stays marked; what moved waits to be confirmed"),
    Act("article.graph", lambda w: picture_article(w), "&Where its claims come from", "file", 3,
        keys="Alt+4", icon="relations", when="article", where="annotate", context="article",
        hint="A picture of who stands behind each claim of the article"),
    Act("article.delete", lambda w: w.filing.delete_article(), "Delete article…", "file", 3,
        icon="delete", when="article writable", context="article",
        hint="Take it out of the library, with all its annotations; this can be undone"),
    Act("desk.backup", lambda w: w.filing.back_up(), "Back up desk…", "file", 2, icon="backup",
        hint="Write a checked copy of the desk's file"),
    Act("quit", lambda w: w.close(), "&Quit", "file", 4, keys="Ctrl+Q"),
)
_EDIT = (
    Act("undo", lambda w: w.stepping.undo(), "&Undo", "edit", keys="Ctrl+Z", icon="undo",
        when="undo writable", toolbar=True,
        hint="Take back your latest change, also one from before a restart"),
    Act("redo", lambda w: w.stepping.redo(), "&Redo", "edit", keys="Ctrl+Shift+Z; Ctrl+Y",
        icon="redo", when="redo writable", toolbar=True, hint="Do again what was undone"),
    Act("copy", lambda w: w.copy(), "&Copy", "edit", 1, keys="Ctrl+C", icon="copy",
        when="selection", typed=True, hint="Copy the selected words"),
    Act("find", lambda w: w.find_bar.open(), "&Find in the article", "edit", 2, keys="Ctrl+F",
        icon="find", when="article", toolbar=True, hint="Find words in this article",
        where="annotate"),
    Act("find.next", lambda w: w.find_bar.step(1), "Find next", "edit", 2, keys="F3; Ctrl+G",
        when="found", where="annotate"),
    Act("find.previous", lambda w: w.find_bar.step(-1), "Find previous", "edit", 2,
        keys="Shift+F3; Ctrl+Shift+G", when="found", where="annotate"),
    Act("search", lambda w: w.search_library(), "Find in &all articles", "edit", 2,
        keys="Ctrl+Shift+F", icon="search", hint="Search the texts and titles of the library"),
    Act("codebook.edit", lambda w: edit_codebook(w), "Code&book…", "edit", 3,
        keys="Ctrl+Shift+B", icon="codebook",
        hint="Labels: names, colours, keys, guidelines, attributes"),
    Act("codebook.check", lambda w: check_house(w), "&House rules…", "edit", 3,
        keys="Ctrl+Shift+H", hint="What in the annotations breaks the rules of the house"),
    Act("find.annotations", lambda w: w.annotate.finding.look_for(), "Find annotatio&ns…", "edit",
        2, keys="Ctrl+Shift+A", where="annotate",
        hint="In all articles, by label, state, words…; and act on all of them as one step"),
    Act("find.here", lambda w: w.annotate.finding.look_for(here=True),
        "Annotations of this article…", "edit", 2, when="article", where="annotate",
        hint="Accept, reject, relabel, link or delete all that a filter finds in it"),
    Act("author", lambda w: w.rename_author(), "Your &name…", "edit", 3,
        hint="The name under which your work is journalled"),
    Act("keys.edit", lambda w: w.helping.edit_keys(), "&Keys…", "edit", 3, icon="keyboard",
        hint="Choose other keys"),
    Act("preferences", lambda w: open_preferences(w), "Pre&ferences…", "edit", 3, keys="Ctrl+,",
        icon="settings", hint="How things look, your name, where suggestions come from"),
)

_LEARNING = (
    Act("train", lambda w: w.suggesting.train(), "&Train on this desk…", "dataset", 8,
        where="dataset",
        hint="Teach the pipeline what was accepted here; scored before it is used"),
)


def _resize(edge: str, by: int) -> Callable[[Window], object]:
    return lambda w: w.editing.resize(edge, by, letters=True)


_ANNOTATE = (
    Act("quote", lambda w: w.editing.quote(), "&Quote", "annotate", keys="Q", icon="quote",
        when="words writable", typed=True,
        hint="Tag the selection as a quote; then mark speaker and cue"),
    Act("claim", lambda w: w.editing.claim(), "&Claim", "annotate", keys="C", icon="claim",
        when="words writable", typed=True, hint="Tag the selection as a claim that can be checked"),
    Act("speaker", lambda w: w.editing.speaker(), "&Speaker of the quote or claim", "annotate", 1,
        keys="S", icon="speaker", when="words writable", typed=True,
        hint="The selected words name who said it"),
    Act("cue", lambda w: w.editing.cue(), "C&ue of the quote or claim", "annotate", 1, keys="U",
        icon="cue", when="words writable", typed=True,
        hint="The selected words say that it was said"),
    Act("via", lambda w: w.editing.via(), "&Via", "annotate", 1, keys="V", icon="via",
        when="words writable", typed=True,
        hint="The selected words name through whom it came here"),
    Act("properties", lambda w: w.annotate.edit_properties(), "&Properties", "annotate", 2,
        keys="Return; Enter", when="current", typed=True, context="annotation",
        hint="Go to the first field of the inspector; Enter or Esc comes back"),
    Act("label", lambda w: w.editing.relabel(), "Change &label…", "annotate", 2, keys="L",
        icon="relabel", when="current writable", typed=True, context="annotation"),
    Act("entity", lambda w: w.editing.link(), "Link to an &entity…", "annotate", 2, keys="E",
        icon="link", when="mention writable", typed=True, context="annotation",
        hint="Type to search the register; Enter creates"),
    Act("entity.all", lambda w: w.annotate.linking.offer(), "Lin&k all mentions of the name…",
        "annotate", 2, keys="Shift+E", when="mention writable", typed=True, context="annotation",
        hint="Everywhere that the name is tagged and not linked, shown first, as one step"),
    Act("note", lambda w: w.editing.note(), "&Note…", "annotate", 2, keys="N", icon="note",
        when="current writable", typed=True, context="annotation"),
    Act("version.review", lambda w: w.editing.review(), "Holds under the present codebook",
        "annotate", 2, when="older writable", context="annotation",
        hint="It was tagged under an earlier version of its label, and is right as it is"),
    Act("mentions", lambda w: w.annotate.mentions.offer(), "Tag other &mentions…", "annotate", 2,
        keys="P", when="current writable", typed=True, context="annotation",
        hint="Everywhere that the same words stand, shown first and tagged as one step"),
    Act("mentions.all", lambda w: w.annotate.found.mentions(), "Tag mentions in a&ll articles…",
        "annotate", 2, keys="Shift+P", when="current writable", typed=True, context="annotation",
        hint="With case and word options; shown first, each can be taken out, tagged as one step"),
    Act("fragment", lambda w: w.editing.add_fragment(), "Add a &fragment", "annotate", 2, keys="+",
        icon="fragment", when="current selection writable", typed=True, context="annotation",
        hint="The selected words join the current annotation"),
    Act("relations", lambda w: w.editing.follow_ties(), "Go along its &relations", "annotate", 2,
        keys="R", icon="relations", when="current", typed=True, context="annotation",
        hint="From a quote or claim to its speaker and cue, and back"),
    Act("grow.end", lambda w: w.editing.resize("end", 1), "Grow at the end", "annotate", 3,
        keys="Shift+Alt+Right", when="current writable", typed=True),
    Act("shrink.end", lambda w: w.editing.resize("end", -1), "Shrink at the end", "annotate", 3,
        keys="Shift+Alt+Left", when="current writable", typed=True),
    Act("grow.start", lambda w: w.editing.resize("start", 1), "Grow at the start", "annotate", 3,
        keys="Shift+Alt+Up", when="current writable", typed=True),
    Act("shrink.start", lambda w: w.editing.resize("start", -1), "Shrink at the start", "annotate",
        3, keys="Shift+Alt+Down", when="current writable", typed=True),
    *(
        Act(f"{name}.letter", _resize(edge, by), f"{text} by a letter", "annotate", 3,
            keys=f"Ctrl+Shift+Alt+{key}", when="current writable", typed=True)
        for name, edge, by, text, key in (
            ("grow.end", "end", 1, "Grow at the end", "Right"),
            ("shrink.end", "end", -1, "Shrink at the end", "Left"),
            ("grow.start", "start", 1, "Grow at the start", "Up"),
            ("shrink.start", "start", -1, "Shrink at the start", "Down"),
        )
    ),
    Act("suggest", lambda w: w.suggesting.ask(), "Su&ggest annotations", "annotate", 4,
        keys="Ctrl+J", icon="suggest", when="article writable", toolbar=True, where="annotate",
        hint="Ask the pipeline on this machine; what it proposes waits for your decision"),
    Act("suggest.library", lambda w: w.suggesting.ask_library(), "Suggest for the li&brary…",
        "annotate", 4, keys="Ctrl+Shift+J", when="writable", where="annotate",
        hint="For all articles, or those that the library shows, beside your work"),
    Act("thresholds", lambda w: w.suggesting.thresholds.toggle(), "Confidence t&hresholds…",
        "annotate", 4, keys="Ctrl+T", when="article", where="annotate",
        hint="How sure a suggestion of each label must be to be shown"),
    Act("library.uncertain", lambda w: w.annotate.library.toggle_uncertain(),
        "Most &uncertain articles first", "annotate", 4, keys="Ctrl+U", shows="uncertain",
        where="annotate", hint="Decided first, they teach a pipeline most"),
    Act("accept", lambda w: w.deciding.accept(), "&Accept suggestion", "annotate", 4, keys="A",
        icon="accept", when="proposed writable", typed=True, toolbar=True, context="annotation"),
    Act("reject", lambda w: w.deciding.reject(), "Re&ject suggestion", "annotate", 4, keys="X",
        icon="reject", when="proposed writable", typed=True, toolbar=True, context="annotation"),
    Act("accept.shown", lambda w: w.deciding.accept_shown(), "Accept all suggestions s&hown",
        "annotate", 4, keys="Shift+A", icon="accept-all", when="shown writable", typed=True,
        hint="Those that the list of annotations shows, as one step"),
    Act("reject.shown", lambda w: w.deciding.reject_shown(), "Reject all suggestions shown",
        "annotate", 4, when="shown writable", typed=True),
    Act("delete", lambda w: w.deciding.delete(), "&Delete annotation", "annotate", 5, keys="D; Del",
        icon="delete", when="current writable", typed=True, context="annotation"),
)
_GO = (
    Act("annotation.next", lambda w: w.going.next_annotation(), "&Next annotation", "go",
        keys="Tab", icon="next", when="article", typed=True),
    Act("annotation.previous", lambda w: w.going.next_annotation(backwards=True),
        "&Previous annotation", "go", keys="Shift+Tab", icon="previous", when="article",
        typed=True),
    Act("suggestion.next", lambda w: w.going.next_suggestion(), "Next &suggestion", "go",
        keys="Ctrl+Tab", when="suggestions", typed=True),
    Act("attribute.next", lambda w: next_missing(w), "Next missing a&ttribute", "go",
        keys="Ctrl+M", when="missing", where="annotate",
        hint="The next annotation without an attribute that the codebook requires"),
    Act("overlap", lambda w: w.reader.cycle_overlaps(), "What lies under it", "go", keys="O",
        when="article", typed=True, hint="Cycle through annotations that overlap here"),
    Act("found.next", lambda w: w.annotate.found.step(1), "Next of what was &found", "go",
        keys="F4", where="annotate"),
    Act("found.previous", lambda w: w.annotate.found.step(-1), "Previous of what was found", "go",
        keys="Shift+F4", where="annotate"),
    Act("name.next", lambda w: w.reader.next_name(), "Next na&me or number", "go", 3, keys=";",
        when="article", typed=True, hint="Selects what looks like one and is not tagged yet"),
    Act("quotation.next", lambda w: w.reader.next_quotation(), "Next &quotation", "go", 3,
        keys="'", when="article", typed=True, hint="Selects the words between the marks"),
    Act("sentence", lambda w: w.reader.select_sentence(), "Select the sentence", "go", 3, keys=".",
        when="article", typed=True, hint="The one at the cursor; again, the next one too"),
    Act("sentence.end", lambda w: w.reader.extend_to_sentence(), "Select to the sentence's end",
        "go", 3, keys="Ctrl+Shift+Down", when="article", typed=True),
    Act("sentence.start", lambda w: w.reader.extend_to_sentence(backwards=True),
        "Select to the sentence's start", "go", 3, keys="Ctrl+Shift+Up", when="article",
        typed=True),
    Act("sentence.next", lambda w: w.reader.move_sentence(), "Next sentence", "go", 3,
        keys="Ctrl+Down", when="article", typed=True),
    Act("sentence.previous", lambda w: w.reader.move_sentence(backwards=True),
        "Previous sentence", "go", 3, keys="Ctrl+Up", when="article", typed=True),
    Act("article.open", lambda w: w.going.open_by_name(), "&Open article…", "go", 1, keys="Ctrl+P",
        icon="article", hint="Open an article by its name"),
    Act("article.next", lambda w: w.going.next_article(), "Next article", "go", 1, keys="Alt+Down",
        where="annotate"),
    Act("article.previous", lambda w: w.going.next_article(backwards=True), "Previous article",
        "go", 1, keys="Alt+Up", where="annotate"),
    Act("back", lambda w: w.going.back(), "&Back", "go", 2, keys="Alt+Left", icon="back",
        when="back", toolbar=True, where="annotate"),
    Act("forth", lambda w: w.going.forth(), "&Forth", "go", 2, keys="Alt+Right", icon="forth",
        when="forth", toolbar=True, where="annotate"),
    Act("pane.next", lambda w: w.going.next_pane(), "Next pane", "go", 3, keys="F6",
        where="annotate"),
    Act("pane.previous", lambda w: w.going.next_pane(backwards=True), "Previous pane", "go", 3,
        keys="Shift+F6", where="annotate"),
)
_LAYERS = (
    ("entity", "&Entities"), ("quote", "&Quotes"), ("claim", "&Claims"),
    ("source", "&Sources"), ("cue", "C&ues"), ("hedge", "&Hedges"),
)


def _layer(name: str) -> Callable[[Window], object]:
    return lambda w: w.viewing.toggle_layer(name)


def _workspace(name: str) -> Callable[[Window], object]:
    return lambda w: w.workspaces.show_one(name)


_VIEW = (
    *(
        Act(f"workspace.{each.name}", _workspace(each.name), each.text, "view", 9, keys=each.key,
            shows=in_workspace(each.name), toolbar=True, hint=each.hint)
        for each in WORKSPACES
    ),
    Act("panel.library", lambda w: w.viewing.toggle_panel("library"), "&Library", "view",
        keys="Ctrl+L", icon="library", shows="library", toolbar=True,
        hint="Show or hide the library", where="annotate"),
    Act("panel.inspector", lambda w: w.viewing.toggle_panel("inspector"), "&Inspector", "view",
        keys="Ctrl+R", icon="inspector", shows="inspector", toolbar=True,
        hint="Show or hide the inspector", where="annotate"),
    Act("panel.codebook", lambda w: w.viewing.toggle_panel("codebook"), "&Codebook", "view",
        keys="Ctrl+B", shows="codebook", where="annotate"),
    Act("focus", lambda w: w.viewing.toggle_focus(), "&Focus mode", "view", keys="F11",
        icon="focus", shows="focus", hint="Nothing but the text", where="annotate"),
    Act("zoom.in", lambda w: w.viewing.zoom(1), "Zoom &in", "view", 1, keys="Ctrl+=; Ctrl++",
        icon="zoom-in", where="annotate"),
    Act("zoom.out", lambda w: w.viewing.zoom(-1), "Zoom &out", "view", 1, keys="Ctrl+-",
        icon="zoom-out", where="annotate"),
    Act("zoom.reset", lambda w: w.viewing.zoom(0), "&Actual size", "view", 1, keys="Ctrl+0",
        where="annotate"),
    Act("font.serif", lambda w: w.viewing.prefer(font="serif"), "&Serif text", "view", 2,
        shows="serif", where="annotate"),
    Act("font.sans", lambda w: w.viewing.prefer(font="sans"), "Sa&ns-serif text", "view", 2,
        shows="sans", where="annotate"),
    Act("width.more", lambda w: w.viewing.widen(4), "Wider lines", "view", 2, where="annotate"),
    Act("width.less", lambda w: w.viewing.widen(-4), "Narrower lines", "view", 2, where="annotate"),
    Act("show.codes", lambda w: w.viewing.toggle_codes(), "Label co&des in the text", "view", 3,
        shows="codes", where="annotate"),
    Act("show.rejected", lambda w: w.viewing.toggle_rejected(), "&Rejected suggestions", "view", 3,
        shows="rejected", where="annotate"),
    *(
        Act(f"layer.{name}", _layer(name), text, "view.layers", shows=name, where="annotate")
        for name, text in _LAYERS
    ),
    Act("theme.system", lambda w: w.viewing.prefer(theme="system"), "As the s&ystem", "view.theme",
        shows="theme_system"),
    Act("theme.light", lambda w: w.viewing.prefer(theme="light"), "&Light", "view.theme",
        shows="theme_light"),
    Act("theme.dark", lambda w: w.viewing.prefer(theme="dark"), "&Dark", "view.theme",
        shows="theme_dark"),
)
_HELP = (
    Act("guideline", lambda w: w.helping.guideline(), "&Guideline of the label", "help", keys="F1",
        icon="help", hint="What the codebook says of the label at hand, with examples"),
    Act("palette", lambda w: w.helping.palette(), "&Command palette…", "help", keys="Ctrl+Shift+P",
        icon="command", hint="Every act, by name"),
    Act("keys", lambda w: w.helping.key_sheet(), "&Keys", "help", keys="?; Ctrl+/", icon="keyboard",
        hint="All keys on one sheet"),
    Act("steps", lambda w: w.helping.toggle_steps(), "&First steps", "help", 1, shows="steps"),
    Act("about", lambda w: w.helping.about(), "&About Newsdesk", "help", 2, icon="info"),
)

ACTS: tuple[Act, ...] = (
    *_FILE, *_EDIT, *_ANNOTATE, *claims.ACTS, *entities.ACTS, *dataset.ACTS, *_LEARNING, *_GO,
    *_VIEW, *_HELP,
)  # fmt: skip
"""Every act, in the order of the menus."""
