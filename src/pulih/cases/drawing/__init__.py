"""Genogram and ecomap: where everything stands and which lines join it. Knows no database."""
