"""The simulator in a real browser: from a slider event to the drawn chart."""
