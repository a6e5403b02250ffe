"""What `dev.py` is made of besides its commands: standard library only."""
