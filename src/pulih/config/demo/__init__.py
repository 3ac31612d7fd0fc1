"""The demonstration: an office of Ngawi with invented people, placed around a given day."""
