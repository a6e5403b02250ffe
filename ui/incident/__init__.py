"""The page of an incident: what is next, its clocks, decisions, timeline, evidence and ties."""
