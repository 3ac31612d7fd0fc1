"""Tasks, notices and appointments. Of the records they are about it knows a label and a page."""
