"""Uploads: checked, re-encoded, kept encrypted. Of their owners it knows a label and a key."""
