"""Proposes annotations on the editor's own machine: spaCy pipelines, rules and their training."""

from newsdesk.suggest.proposals import Chain, Proposal, Proposals, Suggester, Tie

__all__ = ["Chain", "Proposal", "Proposals", "Suggester", "Tie"]
