"""Newsdesk: annotate articles, and follow every claim back to where it came from."""

__version__ = "0.1.0"
