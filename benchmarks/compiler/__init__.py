"""How well the plan compiler reads annotated plans, and how fast."""
