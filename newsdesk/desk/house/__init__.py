"""The house's rules: what in the annotations breaks them, told by pure functions over values."""
