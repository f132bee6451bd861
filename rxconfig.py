"""Reflex's configuration. What an operator may set is in ops_dashboard/settings.py."""

import reflex as rx

from ops_dashboard.serving.bundled_licences import BundledLicences
from ops_dashboard.serving.same_origin_env import SameOriginEnv

config = rx.Config(
    app_name="ops_dashboard",
    plugins=[rx.plugins.TailwindV4Plugin(), SameOriginEnv(), BundledLicences()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    frontend_compression_formats=["brotli", "gzip"],
    show_built_with_reflex=False,
    telemetry_enabled=False,
    transport="websocket",
    # The default keeps each tab's state on disk: slower, and nothing here must outlive the process.
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
    # Seconds a closed tab's state is kept for its return.
    redis_token_expiration=900,
    # No foreign origin is let in; serving/origin_guard.py admits the page's own, whatever its host is.
    cors_allowed_origins=[],
)
