"""Error rates of the peak test, measured on simulated series."""

from benchmarks.peak.simulation import simulate

__all__ = ["simulate"]
