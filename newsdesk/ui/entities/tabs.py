"""The places of the tabs on the left of the Entities workspace."""

REGISTER, PROPOSALS, BASES = range(3)
"""The register, the alias proposals, the knowledge bases."""
