"""The first page of every role, and the one search box.

Stands above the registry and the cases, asks both, and holds no record of its own.
"""
