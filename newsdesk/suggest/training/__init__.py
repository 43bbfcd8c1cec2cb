"""The recipe of the shipped pipeline. PyTorch (extra `train`) is needed by three modules only:
`network`, `recipe` and `export`; nothing outside this room may import those at module level."""
