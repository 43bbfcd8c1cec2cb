"""The door of a desk, and the newsroom's verbs upon it."""

from newsdesk.desk.desk import Desk, create_desk, open_desk

__all__ = ["Desk", "create_desk", "open_desk"]
