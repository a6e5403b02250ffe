"""Windows that open for one task: import, export, report, backup, settings, and the message of a failure."""
