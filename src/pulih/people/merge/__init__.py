"""How two entries become one: what every row that hangs on a person does, and how it is undone."""
