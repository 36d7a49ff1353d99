"""The pathway of a city, beside its formulas alone."""
