"""Facts: what was observed, by whom, published when, and how far to trust it."""
