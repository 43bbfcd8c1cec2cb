"""Pictures of provenance: the graph and the timeline."""
