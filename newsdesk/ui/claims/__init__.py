"""The Claims workspace: where claims come from, what supports them, and who signed them."""
