"""Accounts: totals by boundary, their uncertainty, what changed them, and whether they have peaked."""
