"""Cache: hit rate, size, evictions."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.state.sections import CacheState


def cache_monitor() -> rx.Component:
    """The region "Cache"."""
    return figures_panel("Cache", "cache", CacheState.view)
