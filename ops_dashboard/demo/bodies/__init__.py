"""The bodies of the standard dialect, made from a simulation."""
