"""Pulih: the working system of a district social office."""
