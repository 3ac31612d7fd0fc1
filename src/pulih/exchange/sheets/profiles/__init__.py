"""The kinds of lists as data: which words offices write above which column."""
