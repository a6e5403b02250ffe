"""The review of an incident and its closing."""
