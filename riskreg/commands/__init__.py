"""The commands of the command line: each asks the register what the window asks it."""
