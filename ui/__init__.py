"""The window: PySide6 over the same calls that the command line makes."""
