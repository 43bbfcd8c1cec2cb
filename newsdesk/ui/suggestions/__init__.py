"""Suggestions in the window: asked for many articles, hidden below a confidence, learnt from."""
