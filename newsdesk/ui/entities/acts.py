"""What can be done in the Entities workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsdesk.ui.act import Act

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

FACTS = frozenset("entity_one entity_some entity_kb mentions loose proposal base".split())
"""What may hold of the workspace."""


def _act(name: str, verb: str, text: str, group: int, **more: Any) -> Act:
    return Act(
        f"entities.{name}",
        lambda w: _called(w, verb),
        text,
        "entities",
        group,
        where="entities",
        **more,
    )


def _called(w: Window, verb: str) -> object:
    workspace = w.workspaces["entities"]
    return getattr(workspace if hasattr(workspace, verb) else workspace.doing, verb)()


ACTS: tuple[Act, ...] = (
    _act("new", "new_entity", "&New entity…", 0, keys="N", icon="new", when="writable",
         hint="Enter somebody or something in the register"),
    _act("edit", "edit_entity", "&Edit the entity", 0, keys="F2; E", icon="relabel",
         when="entity_one writable", hint="Go to its name; Tab leads through its fields"),
    _act("merge", "merge", "&Merge…", 1, keys="M", icon="via", when="entity_some writable",
         hint="Make the selected entities one, or merge this one into another; you choose which "
         "stays"),
    _act("split", "split", "&Split…", 1, keys="S", icon="fragment", when="mentions writable",
         hint="Give the chosen mentions an entity of their own"),
    _act("delete", "delete_entity", "&Delete entity", 1, keys="D; Del", icon="delete",
         when="entity_one writable", hint="Take it out of the register; its mentions are unlinked"),
    _act("link", "link_loose", "&Link mentions of its names", 2, keys="L", icon="link",
         when="loose writable", hint="Those that the list shows, or those chosen in it, as one "
         "step"),
    _act("unlink", "unlink_mentions", "&Unlink mentions", 2, keys="U", when="mentions writable",
         hint="The chosen mentions are linked to nobody any more"),
    _act("kb", "link_knowledge", "Link to a &knowledge base…", 3, keys="K", icon="search",
         when="entity_one writable", hint="Type to search what was imported; nothing is asked of "
         "the network"),
    _act("kb.unlink", "unlink_knowledge", "Unlink from the knowledge base", 3, keys="Shift+K",
         when="entity_kb writable"),
    _act("accept", "accept_proposal", "&Accept proposal", 4, keys="A", icon="accept",
         when="proposal writable", hint="The two are the same: merge them, or keep the alias"),
    _act("dismiss", "dismiss_proposal", "Dismiss &proposal", 4, keys="X", icon="reject",
         when="proposal writable", hint="They are not the same; the desk remembers it"),
    _act("kb.import", "import_base", "&Import knowledge base…", 5, icon="import", when="writable",
         hint="From TSV or JSONL: id, label, aliases, type, description"),
    _act("kb.drop", "drop_base", "Drop knowledge base", 5, when="base writable",
         hint="Search it no more; links of entities stay, and this can be undone"),
    _act("filter", "focus_filter", "&Filter", 6, keys="Ctrl+F; /", icon="find"),
    _act("tab.register", "show_register", "Show the &register", 7, keys="Alt+1"),
    _act("tab.proposals", "show_proposals", "Show alias pr&oposals", 7, keys="Alt+2"),
    _act("tab.bases", "show_bases", "Show knowledge &bases", 7, keys="Alt+3"),
    _act("pane", "next_pane", "Next pane", 7, keys="F6"),
)  # fmt: skip
"""The rows of the table of acts, with their keys in this workspace."""
