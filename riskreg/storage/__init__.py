"""Where the register lives: one SQLite file through SQLAlchemy Core on the `sqlcipher3` driver."""
