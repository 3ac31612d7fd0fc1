"""SQLite as Pulih opens it."""
