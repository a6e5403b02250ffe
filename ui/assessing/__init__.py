"""How bad an incident could be for the people, asked step by step; and its versions side by side."""
