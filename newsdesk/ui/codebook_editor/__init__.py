"""The window in which a codebook is edited, and its house rules checked."""
