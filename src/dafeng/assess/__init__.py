"""Assess: each promise against the evidence, by rules kept as data."""
