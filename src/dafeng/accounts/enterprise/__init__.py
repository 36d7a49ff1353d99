"""Accounts of enterprises and facilities: activity in, figures by scope out, each unit counted once."""
