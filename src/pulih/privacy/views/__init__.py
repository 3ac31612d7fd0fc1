"""Pages of the law's duties."""
