"""Answers that no dashboard should trust: what the scenario ``hostile`` makes of each call."""
