"""The commands, each in the module of its noun."""
