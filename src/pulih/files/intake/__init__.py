"""What an upload truly is, and the form in which it may be kept."""
