"""A live, honest operations dashboard for one monitored backend."""

__version__ = "0.1.0"
