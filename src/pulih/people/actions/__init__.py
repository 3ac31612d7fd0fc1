"""All writes of the registry."""
