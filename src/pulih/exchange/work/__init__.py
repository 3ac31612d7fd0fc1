"""The long work of an import, in parts that can be taken up again: read, check, write, undo."""
