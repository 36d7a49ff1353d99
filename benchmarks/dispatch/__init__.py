"""Seconds, memory and certificate of one year of a city, 8,760 hours."""
