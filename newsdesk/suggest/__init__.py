"""Proposes annotations on the editor's own machine: spaCy pipelines, rules and their training."""

from newsdesk.suggest.gazetteer import KnownName
from newsdesk.suggest.proposals import Chain, Proposal, Proposals, Suggester, Tie

__all__ = ["Chain", "KnownName", "Proposal", "Proposals", "Suggester", "Tie"]
