"""How long accounts take."""
