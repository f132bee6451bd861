"""A page that is being loaded: what is clicked before its address was read counts."""

from collections.abc import Iterator
from typing import Any

import pytest
from reflex import State

from ops_dashboard.state.alert_history import HISTORY, AlertHistoryState
from ops_dashboard.state.alert_preferences import PREFERENCES, AlertPreferencesState
from ops_dashboard.state.audit import AUDIT, AuditState
from ops_dashboard.state.charts import ChartsState
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.live import LiveState
from ops_dashboard.state.module_sheet import ModuleSheetState
from ops_dashboard.state.modules import ModulesState
from tests.dashboard_server import DashboardServer
from tests.raw_tab import RawTab


@pytest.fixture(scope="module")
def server(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DashboardServer]:
    """A dashboard on its demo."""
    server = DashboardServer({"OPS_DEMO_SCENARIO": "healthy"}, tmp_path_factory.mktemp("load") / "log")
    yield server.start()
    server.close()


async def until_loaded(tab: RawTab) -> None:
    """Return when the address was read."""
    await tab.until(lambda: tab.value(State, "is_hydrated"))
    await tab.until(lambda: tab.value(LiveState, "beat"))


CHOICES = [
    (DialogsState, "show", {"name": "sources"}, DialogsState, "open_dialog", "sources"),
    (AlertHistoryState, "show", {}, DialogsState, "open_dialog", HISTORY),
    (AlertHistoryState, "show_incident", {"incident": 7}, AlertHistoryState, "incident", 7),
    (AlertPreferencesState, "show", {}, DialogsState, "open_dialog", PREFERENCES),
    (AuditState, "show", {}, DialogsState, "open_dialog", AUDIT),
    (ModuleSheetState, "show", {"name": "search"}, ModuleSheetState, "name", "search"),
    (ModulesState, "choose_status", {"status": "down"}, ModulesState, "status", "down"),
    (ModulesState, "choose_sort", {"sort": "name"}, ModulesState, "sort", "name"),
    (ChartsState, "choose_range", {"span": "6h"}, ChartsState, "range", "6h"),
]


@pytest.mark.parametrize(("of", "handler", "given", "state", "var", "chosen"), CHOICES)
async def test_what_is_chosen_before_the_address_was_read_stays(
    server: DashboardServer,
    of: type[State],
    handler: str,
    given: dict[str, object],
    state: type[State],
    var: str,
    chosen: Any,
) -> None:
    tab = await RawTab(server.origin).connect()
    await tab.hydrate()
    await tab.call(of, handler, **given)
    await until_loaded(tab)
    await tab.ping()
    assert tab.value(state, var) == chosen
    await tab.close()


async def test_when_it_is_loaded_anew_the_address_counts_again(server: DashboardServer) -> None:
    async with RawTab(server.origin) as tab:
        await tab.call(DialogsState, "show", name="sources")
        await tab.until(lambda: tab.value(DialogsState, "open_dialog") == "sources")
    again = await RawTab(server.origin, token=tab.token).connect()
    await again.hydrate()
    await until_loaded(again)
    await again.until(lambda: again.value(DialogsState, "open_dialog") == "")
    await again.close()
