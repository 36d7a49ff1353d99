"""Power systems and answers in the formats of other programs."""
