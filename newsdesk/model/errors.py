"""The one kind of error that an editor is meant to read."""


class NewsdeskError(Exception):
    """An expected failure; its message says what happened, what was kept and what to do next."""
