"""The collector (one per deployment), its schedule, and the hub that every tab listens to."""
