"""Pages of the people app, one file a subject."""
