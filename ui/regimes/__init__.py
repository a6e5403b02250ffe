"""The rules of notification: who we are, the rules that ship, and our own."""
