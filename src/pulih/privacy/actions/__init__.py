"""Writes of the law's duties, one file a subject."""
