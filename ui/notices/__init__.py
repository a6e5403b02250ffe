"""The notices of an incident: what each must say, what the record lacks, what was sent."""
