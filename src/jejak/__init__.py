"""Trace: find and link people by garbled, partial Indonesian identities."""
