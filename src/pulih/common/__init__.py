"""Foundation without a domain word in it: errors, clock, encryption, fields, scoping."""
