"""Measures how fast the dashboard is and what it costs: `python -m benchmarks`."""
