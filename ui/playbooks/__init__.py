"""Playbooks of an incident: choosing one, and its steps as a checklist."""
