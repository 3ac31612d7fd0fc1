"""Routes of the desk, by subject."""
