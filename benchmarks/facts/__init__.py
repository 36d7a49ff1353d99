"""How fast a pack's facts are read and a large table is imported."""
