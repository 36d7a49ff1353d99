"""Pages on the hourly power system: answers that are kept, what they say, and solves as jobs."""
