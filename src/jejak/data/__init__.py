"""Rules of names as data: each table says where it comes from."""
