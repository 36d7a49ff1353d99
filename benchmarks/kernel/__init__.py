"""The kernel beside the bare arithmetic: one lever, a full run, draws, the check."""
