"""Forms of the law's duties."""
