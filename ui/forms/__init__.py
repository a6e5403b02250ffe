"""The record: one editor for each kind of field, the form made of them, and the panel around it."""
