"""dafeng 达峰: a city's carbon-peaking plan as a running system."""

__version__ = "0.1.0"
