"""The layout of the page: sidebar, header, banner, and the grid of sections."""

import reflex as rx

from ops_dashboard.domain.views.alert_filter import ALL
from ops_dashboard.sections.alert_history_sheet import alert_history_sheet
from ops_dashboard.sections.alert_note_dialog import alert_note_dialog
from ops_dashboard.sections.alert_preferences_dialog import alert_preferences_dialog
from ops_dashboard.sections.audit_sheet import audit_sheet
from ops_dashboard.sections.backend_banner import backend_banner
from ops_dashboard.sections.barred import barred_reason
from ops_dashboard.sections.clear_cache import clear_cache_dialog
from ops_dashboard.sections.data_sources_sheet import data_sources_sheet
from ops_dashboard.sections.generate_embeddings import generate_embeddings_dialog
from ops_dashboard.sections.header import header
from ops_dashboard.sections.job_dialogs import cancel_job_dialog, reindex_failed_dialog
from ops_dashboard.sections.module_sheet import module_sheet
from ops_dashboard.sections.session_menu import session_ended
from ops_dashboard.sections.sidebar import sidebar
from ops_dashboard.state.alert_history import HISTORY, AlertHistoryState
from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.state.charts import ChartsState
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.live import LiveState
from ops_dashboard.state.module_sheet import ModuleSheetState
from ops_dashboard.state.modules import SORTS, STATUSES, ModulesState
from ops_dashboard.state.sections import InterruptionState, ShellState
from ops_dashboard.state.session import SessionState
from ops_dashboard.ui.anchor import anchor
from ops_dashboard.ui.browser_alerts import browser_alerts
from ops_dashboard.ui.history_ticks import history_ticks
from ops_dashboard.ui.interruption import interruption
from ops_dashboard.ui.later import later
from ops_dashboard.ui.looked_at import looked_at
from ops_dashboard.ui.popups import popup_layer
from ops_dashboard.ui.runtime import runtime
from ops_dashboard.ui.url_query import UrlQuery

_ALERTS = AlertsState.view


def ops_layout(*rows: rx.Component) -> rx.Component:
    """The shell around ``rows``, with a link that skips it; nothing of it once the session has ended."""
    return rx.cond(SessionState.ended, session_ended(), _shell(*rows))


def _shell(*rows: rx.Component) -> rx.Component:
    return rx.el.div(
        anchor(
            "Skip to content",
            to="content",
            class_name="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md"
            " focus:bg-surface focus:px-3 focus:py-2",
        ),
        sidebar(),
        rx.el.div(
            header(),
            rx.el.main(
                backend_banner(),
                *rows,
                popup_layer(),
                id="content",
                tab_index=-1,
                class_name="grid gap-3 px-4 pt-4 pb-10 outline-none lg:px-5",
            ),
            class_name="min-w-0",
        ),
        looked_at(LiveState.look_at),
        data_sources_sheet(),
        module_sheet(),
        alert_history_sheet(),
        audit_sheet(),
        alert_note_dialog(),
        clear_cache_dialog(),
        generate_embeddings_dialog(),
        cancel_job_dialog(),
        reindex_failed_dialog(),
        alert_preferences_dialog(browser_alerts()),
        barred_reason(),
        history_ticks(ChartsState.tick),
        _address(),
        interruption(
            InterruptionState.view,
            counts={"critical": _ALERTS.critical, "warning": _ALERTS.warning, "info": _ALERTS.info},
            blind=ShellState.view.banner.title != "",
            sentence=_ALERTS.sentence,
            server_now=LiveState.beat,
        ),
        runtime(server_now=LiveState.beat, last_push=LiveState.beat, title="System operations"),
        class_name="app min-h-dvh",
    )


def _address() -> rx.Component:
    """What is chosen, in the URL; most defaults are left out. Silent until this tab has its state."""
    return rx.cond(
        LiveState.beat > 0,
        UrlQuery.create(
            query={
                "status": rx.cond(ModulesState.status == STATUSES[0], "", ModulesState.status),
                "sort": rx.cond(ModulesState.sort == SORTS[0], "", ModulesState.sort),
                "open": DialogsState.open_dialog,
                "range": ChartsState.range,
                "module": ModuleSheetState.name,
                "incident": rx.cond(
                    AlertHistoryState.incident > 0, AlertHistoryState.incident.to_string(), ""
                ),
                **_history_filter(),
            }
        ),
    )


def _history_filter() -> dict[str, rx.Var[str]]:
    """What the alert history is narrowed to, while it is open."""
    wanted, is_open = AlertHistoryState.wanted, DialogsState.open_dialog == HISTORY
    chosen = {"severity": wanted.severity, "state": wanted.state, "source": wanted.source}
    named = {name: rx.cond(is_open & (value != ALL), value, "") for name, value in chosen.items()}
    return {**named, "q": rx.cond(is_open, wanted.text, "")}


def below_the_first_screen(*rows: rx.Component) -> rx.Component:
    """Rows that are built once the first data are on the screen."""
    return later(*rows, ready=LiveState.beat > 0)


def row(*sections: rx.Component, columns: str) -> rx.Component:
    """Sections side by side; ``columns`` are the class names of the grid's columns."""
    return rx.el.div(*sections, class_name=f"grid items-stretch gap-3 {columns}")
