"""The Dataset workspace: what there is on the desk, and datasets made of it."""
