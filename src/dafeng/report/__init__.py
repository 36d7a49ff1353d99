"""Results made ready to hand out: records for programs, words and tables for people."""
