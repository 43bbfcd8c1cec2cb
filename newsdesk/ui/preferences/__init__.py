"""The dialog of preferences: how things look, the author, where suggestions come from, keys."""
