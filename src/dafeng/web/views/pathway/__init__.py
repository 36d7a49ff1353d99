"""Pages of pathways: the simulator, what explains its numbers, two scenarios compared, what closes a gap, the past."""
