"""The version, which everything that is written says."""

__version__ = "0.1.0"
