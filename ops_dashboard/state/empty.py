"""The page before the first data: every part in its place and of its size, and not a number."""

from ops_dashboard.domain.modules import WATCHED_MODULES
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.page import PageView, page_view

EMPTY_PAGE = page_view(Snapshot(watched_modules=WATCHED_MODULES), PageView())
"""What is built into the page and shown until a tab hears from its server."""
