"""What is measured, with the peer or the bare engine beside it."""
