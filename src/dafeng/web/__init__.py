"""Pages: what the plan promised, what the evidence says, whose it is, in Chinese and English."""
