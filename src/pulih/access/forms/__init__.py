"""Forms of access."""
