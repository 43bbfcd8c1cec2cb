"""What can be done in the Claims workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsdesk.ui.act import Act

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

FACTS = frozenset(
    "claim_one claim_seen aside pictured named hop content leads pair removable source_one "
    "source_joined".split()
)
"""What may hold of the workspace."""


def _act(name: str, verb: str, text: str, group: int, **more: Any) -> Act:
    return Act(
        f"claims.{name}", lambda w: _called(w, verb), text, "claims", group, where="claims", **more
    )


def _called(w: Window, verb: str) -> object:
    at = w.workspaces["claims"]
    rooms = (at, at.doing, at.laddering, at.sourcing, at.moving, at.past, at.writing,
             at.picturing)  # fmt: skip
    return getattr(next(each for each in rooms if hasattr(each, verb)), verb)()


def picture_article(w: Window) -> None:
    """Show where the claims of the open article come from, as a picture."""
    article = w.annotate.open.article
    if article is not None:
        w.workspaces.show_one("claims")
        w.workspaces["claims"].picturing.picture_article(article.id)


ACTS: tuple[Act, ...] = (
    _act("statement", "edit_statement", "&Statement", 0, keys="F2; E", icon="relabel",
         when="claim_one writable", hint="Go to the statement; Tab leads through the fields"),
    _act("topic", "edit_topic", "&Topic", 0, keys="T", when="claim_one writable"),
    _act("worth", "choose_worth", "&Worth checking…", 0, keys="W", when="claim_one writable"),
    _act("due", "edit_due", "&Due date", 0, keys="U", when="claim_one writable",
         hint="Written as 2026-07-22"),
    _act("assignee", "choose_assignee", "&Assignee…", 0, keys="G", when="claim_one writable",
         hint="Who checks it; type a new name, or choose one"),
    _act("rating", "rate", "House rat&ing…", 0, keys="Y", when="claim_one writable",
         hint="The house's own words for the verdict; ClaimReview gives them as reviewRating"),
    _act("review", "review", "&Review…", 1, keys="S", icon="step", when="claim_one writable",
         hint="Take it a step on, with a comment: only the steps that can follow are offered"),
    _act("evidence", "add_evidence", "Add &evidence…", 1, keys="V", icon="new",
         when="claim_one writable", hint="A passage of an article, a file or a page"),
    _act("recheck", "recheck", "Look all passages up again", 1, keys="R", when="claim_one",
         hint="Offline: whether each passage still stands in its copy"),
    _act("merge", "merge", "&Merge with another claim…", 1, keys="M", icon="fragment",
         when="claim_one writable", hint="Appearances, evidence and links go to the one kept"),
    _act("dossier", "write_dossier", "&Dossier…", 1, keys="Shift+D", icon="export",
         when="claim_one", hint="All that is on record, to be checked elsewhere; or its ClaimReview"
         " or PROV alone"),
    _act("past", "look_back", "As &of…", 1, keys="B", icon="back", when="claim_seen",
         hint="The claim as the desk knew it on a day, or after a change"),
    _act("back", "come_back", "Back to the claim as it is now", 1, keys="Esc", when="aside"),
    _act("how", "say_how", "&How it was said…", 2, keys="H", icon="cue", when="hop writable",
         hint="Manner, firmness, attitude and channel of the hop at hand"),
    _act("source", "choose_source", "S&ource of the hop…", 2, keys="O", icon="speaker",
         when="hop writable", hint="Another source for the hop; type to search or to enter one"),
    _act("hop.add", "add_hop", "Add a ho&p…", 2, keys="+; P", icon="via", when="content writable",
         hint="Before the hop at hand, or into the gap; on an appearance: next to the article"),
    _act("hop.lower", "lower_hop", "Nearer to the originator", 2, keys="Alt+Up",
         when="hop writable"),
    _act("hop.raise", "raise_hop", "Nearer to the article", 2, keys="Alt+Down",
         when="hop writable"),
    _act("remove", "remove", "Remo&ve", 2, keys="D; Del", icon="delete", when="removable writable",
         hint="The hop, evidence or link at hand"),
    _act("accept", "accept", "&Confirm", 3, keys="A", icon="accept", when="pair writable",
         hint="It contradicts; or: it is the same claim, and becomes an appearance"),
    _act("dismiss", "dismiss", "Dismiss", 3, keys="X", icon="reject", when="pair writable",
         hint="It only seems so; the desk remembers it"),
    _act("open", "open_row", "Go there", 3, keys="Ctrl+Return", icon="article", when="leads",
         hint="To the words in the article, the other claim, or the source"),
    _act("source.entity", "link_entity", "&Link to an entity…", 4, keys="L", icon="link",
         when="source_one named writable", hint="Who the source is in the register of entities"),
    _act("source.merge", "merge_sources", "The sa&me source…", 4, keys="Shift+M",
         when="source_one writable", hint="Say that two records are one source"),
    _act("source.part", "part_source", "&Not the same source", 4, keys="Shift+U",
         when="source_joined writable"),
    _act("source.edit", "edit_source", "Edit the source", 4, keys="Shift+E",
         when="source_one writable", hint="Go to its description; Tab leads through its fields"),
    _act("section.next", "next_section", "Next section", 5, keys="]", when="claim_one"),
    _act("section.previous", "previous_section", "Previous section", 5, keys="[",
         when="claim_one"),
    _act("filter", "focus_filter", "&Filter", 6, keys="Ctrl+F; /", icon="find"),
    _act("filter.clear", "clear_filter", "Show all", 6, keys="Shift+Esc"),
    _act("tab.queue", "show_queue", "Show the &queue", 7, keys="Alt+1"),
    _act("tab.sources", "show_sources", "Show the sources", 7, keys="Alt+2"),
    _act("tab.file", "show_file", "Show the file", 7, keys="Alt+3", when="claim_one"),
    _act("tab.graph", "show_graph", "Show the graph", 7, keys="Alt+4", when="pictured",
         hint="Of the claim, or of the source: who stands behind it, and where it went"),
    _act("tab.timeline", "show_timeline", "Show the timeline", 7, keys="Alt+5", when="claim_one"),
    _act("tab.alarms", "show_alarms", "Show the alarms", 7, keys="Alt+6",
         hint="Of the whole desk: replies, contradictions, drift of quotes and hedges, circles"),
    _act("alarms.read", "read_alarms", "Look for alarms again", 7, keys="F5"),
    _act("pane", "next_pane", "Next pane", 7, keys="F6"),
)  # fmt: skip
"""The rows of the table of acts, with their keys in this workspace."""
