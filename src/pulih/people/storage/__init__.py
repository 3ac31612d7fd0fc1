"""How an entry lies in the tables: columns, rows and search keys. Only actions use it."""
