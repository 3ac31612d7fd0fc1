"""Reads of the cases app; each takes the user it reads for."""
