"""Every write of the cases app, by stage."""
