"""Finding: filters with their chips, what they find as a list, and acts on all of it."""
