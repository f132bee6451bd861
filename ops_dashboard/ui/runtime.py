"""The watchdog over the page's own updates, and what a browser keeps; see ``assets/ops_runtime.jsx``."""

import reflex as rx
from reflex.utils.imports import ImportDict, ImportVar
from reflex_components_core.core.banner import has_connection_errors

from ops_dashboard.ui.base_ui.part import LIBRARY, switched
from ops_dashboard.ui.time import Seconds

STALE_AFTER_SECONDS = 70.0
"""Longer than two refreshes, and soon enough for the bar to be up 75 s after the last sign of life."""


class RuntimePart(rx.Component):
    """A component of ``assets/ops_runtime.jsx``."""

    library = "$/public/ops_runtime"

    def add_imports(self) -> ImportDict:
        """What that file needs installed."""
        return {LIBRARY: ImportVar(tag=None, render=False)}


class Runtime(RuntimePart):
    """The "not updating" bar and the page's title."""

    tag = "Runtime"

    server_now: rx.Var[float | int]
    last_push: rx.Var[float | int]
    stale_after: rx.Var[float]
    title: rx.Var[str]
    connected: rx.Var[bool]
    health_url: rx.Var[str]
    on_nudge: rx.EventHandler[rx.event.no_args_event_spec]


class DialogRoot(RuntimePart):
    """Holds whether a dialog is open; closes it without waiting for the server."""

    tag = "DialogRoot"

    open: rx.Var[bool]
    on_open_change: rx.EventHandler[switched]


class SidebarToggle(RuntimePart):
    """The button that collapses the sidebar, kept per browser."""

    tag = "SidebarToggle"

    controls: rx.Var[str]


def runtime(
    *,
    server_now: Seconds,
    last_push: Seconds,
    title: rx.Var[str] | str,
    health_url: str = "/healthz",
    stale_after: float = STALE_AFTER_SECONDS,
) -> rx.Component:
    """The page's watchdog; place it once, as the last child of the page.

    ``server_now`` is the server's clock (unix seconds) and ``last_push`` any number that changes, both sent
    with every update and at least once per 30 s. The bar appears when nothing came for ``stale_after``
    seconds or the connection is lost; a lost connection is retried by itself, and as a last resort the page is
    reloaded once ``health_url`` answers again.
    """
    return Runtime.create(
        server_now=server_now,
        last_push=last_push,
        title=title,
        stale_after=stale_after,
        health_url=health_url,
        connected=~has_connection_errors,
        on_nudge=rx.noop(),
    )
