"""Backups that only two people can open, restores, and the drills that prove them."""
