"""Where a claim comes from: pure functions over frozen values, and no score among them."""
