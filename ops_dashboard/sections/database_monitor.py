"""Database: connection pool, queries, tables."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.state.sections import DatabaseState


def database_monitor() -> rx.Component:
    """The region "Database"."""
    return figures_panel("Database", "database", DatabaseState.view)
