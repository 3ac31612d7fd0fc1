"""Import and export: an office's own spreadsheets in, lists and recaps out.

Owns the reading of files, the mapping of columns, the staging of a batch and its report.
Knows no rule of people or cases: what a row means there is decided by their actions.
"""
