"""Thin Reflex states: they hold what a tab shows and hand on what it asks for."""
