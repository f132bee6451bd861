"""Every table of the page, by its key."""

from ops_dashboard.domain.views.table import TableSpec

TABLES: dict[str, TableSpec] = {}
