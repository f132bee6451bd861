"""The process that test servers are forked from: it has imported all that a dashboard needs, but the app itself.

The app reads its settings when it is imported, so each server does that for itself, in a quarter of a second.
"""

from importlib import import_module

from ops_dashboard.serving.launch import configure_framework
from ops_dashboard.serving.site import built_site

configure_framework(built_site())
for name in (
    "demo.control",
    "monitor.service",
    "pages.ops",
    "serving.alert_api",
    "serving.api",
    "serving.audit_api",
    "serving.demo_audit",
    "serving.http",
    "serving.login",
    "serving.metrics",
    "serving.table_api",
    "state.gate",
    "state.wire",
):
    import_module(f"ops_dashboard.{name}")
