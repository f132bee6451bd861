"""The embedded demo backend: api, simulation, scenarios, faults."""
