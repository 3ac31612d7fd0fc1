"""The law's duties: rights of the people on file, register of processing, retention, breaches."""
