"""The app: its pages, its lifespan tasks and its HTTP routes."""

import gc

import reflex as rx
from reflex.app import default_error_boundary
from starlette.types import ASGIApp

from ops_dashboard.access.door import door
from ops_dashboard.demo.control import control_routes
from ops_dashboard.domain.views.tables import TABLES
from ops_dashboard.monitor.service import monitor
from ops_dashboard.pages.ops import ops
from ops_dashboard.serving.alert_api import alert_routes
from ops_dashboard.serving.api import api_routes
from ops_dashboard.serving.audit_api import audit_routes
from ops_dashboard.serving.content_policy import content_policy
from ops_dashboard.serving.demo_audit import demo_audit
from ops_dashboard.serving.descriptors import raised_limit, shares
from ops_dashboard.serving.http import app_layers, guarded
from ops_dashboard.serving.login import login_routes
from ops_dashboard.serving.metric_families import Dropped
from ops_dashboard.serving.metrics import metrics_route
from ops_dashboard.serving.site import PAGES
from ops_dashboard.serving.tab_limits import TabLimits
from ops_dashboard.serving.table_api import table_routes
from ops_dashboard.state.alert_history import AlertHistoryState
from ops_dashboard.state.alert_preferences import AlertPreferencesState
from ops_dashboard.state.audit import AuditState
from ops_dashboard.state.charts import ChartsState
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.gate import Gate
from ops_dashboard.state.live import LiveState
from ops_dashboard.state.module_sheet import ModuleSheetState
from ops_dashboard.state.modules import ModulesState
from ops_dashboard.state.session import SessionState
from ops_dashboard.state.wire import guard
from ops_dashboard.ui.boot import head_components

watched = monitor()
now, audit = watched.collector.now, watched.audit.note
gate = Gate(now, audit)
tabs = TabLimits(shares(raised_limit()).tabs)

app = rx.App(
    html_lang="en",
    stylesheets=["/tokens.css", "/layout.css", "/heartbeat.css"],
    reset_style=False,  # Tailwind's own reset does it
    toaster=None,
    head_components=[*head_components(), rx.el.link(rel="icon", type="image/svg+xml", href="/favicon.svg")],
    # Only the error boundary of the default wraps: connection trouble is told by the page's own watchdog.
    app_wraps={(55, "ErrorBoundary"): lambda _stateful: default_error_boundary()},
    api_transformer=app_layers(
        [
            *login_routes(door(), PAGES / "tokens.css", ["/ops"], now, audit),
            *api_routes(
                ready=watched.ready,
                snapshot=lambda: watched.hub.snapshot,
                history=watched.window,
                unsaved=lambda: bool(watched.vitals().unsaved),
            ),
            *table_routes(snapshot=lambda: watched.hub.snapshot, tables=TABLES),
            *alert_routes(
                active=lambda: watched.hub.news.page.alerts,
                history=watched.alerts.history,
                rules=watched.alerts.rules,
            ),
            *audit_routes(watched.audit.pages),
            metrics_route(
                vitals=watched.vitals,
                dropped=lambda: Dropped(gate.refusals, websocket.malformed, websocket.flooded + tabs.closed),
            ),
            *(
                control_routes(watched.simulation, demo_audit(door(), now, audit))
                if watched.simulation
                else ()
            ),
        ],
        pages=["/ops"],
    ),
)
app.add_middleware(gate)
websocket = guard(app)


def serve() -> ASGIApp:
    """The whole app behind its guards."""
    return guarded(tabs.around(app()), ["/ops"], door(), content_policy(PAGES), now, audit)


app.register_lifespan_task(watched.running)
# What is loaded by now stays: to look through it for garbage again and again would hold up every tab.
app.register_lifespan_task(gc.freeze)
app.add_page(
    ops,
    route="/ops",
    title="System operations",
    on_load=[
        SessionState.read,
        ModulesState.read_url,
        DialogsState.read_url,
        AlertHistoryState.read_url,
        AlertPreferencesState.read_url,
        AuditState.read_url,
        ChartsState.read_url,
        ModuleSheetState.read_url,
        LiveState.follow,
    ],
)
