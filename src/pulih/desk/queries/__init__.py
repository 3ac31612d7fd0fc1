"""Reads of the desk: the day of each role, the search box, the queue of the counter."""
