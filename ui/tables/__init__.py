"""One table for every kind of record."""
