"""Settings by use: base, demo, serve, test."""
