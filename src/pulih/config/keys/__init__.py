"""The keys of an installation: how they stand, and how the main one is replaced."""
