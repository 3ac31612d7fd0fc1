"""Forms of cases: they check the shape of what was typed, never the law of the office."""
