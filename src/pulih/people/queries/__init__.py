"""Reads of the people app, one file a subject; each takes the user it reads for."""
