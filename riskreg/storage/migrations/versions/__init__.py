"""The steps from one file format to the next."""
