"""The one door to the monitored backend: sources, client, dialects, capabilities."""
