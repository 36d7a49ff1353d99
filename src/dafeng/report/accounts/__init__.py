"""Accounts as readers take them: names, parts with intervals, rows of tables, the figures behind each item."""
