"""The registry of people: who they are, never which cases they have."""
