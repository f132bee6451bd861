"""The module whose details this tab has open."""

import reflex as rx

from ops_dashboard.domain.text import NAME_LENGTH, clean
from ops_dashboard.domain.views.module_sheet import ModuleSheet, module_sheet
from ops_dashboard.monitor.hub import News
from ops_dashboard.monitor.service import monitor
from ops_dashboard.state.access import allowed
from ops_dashboard.state.by_hand import ByHand
from ops_dashboard.state.charts import ChartsState


class ModuleSheetState(ByHand, rx.State):
    """The open module lives in the URL; an empty name is none."""

    name: str = ""
    view: rx.Field[ModuleSheet] = rx.field(default_factory=ModuleSheet)

    @rx.event
    @allowed("viewer")
    async def show(self, name: str) -> None:
        """Open the sheet of a module; of one that nobody knows it says just that."""
        if isinstance(name, str):
            self._choose()
            await self._open(name)

    @rx.event
    @allowed("viewer")
    async def close(self, _open: bool) -> None:
        """Close the sheet."""
        self._choose()
        await self._open("")

    @rx.event
    @allowed("viewer")
    async def read_url(self) -> None:
        """Open the module that the address names."""
        if not self._is_chosen():
            await self._open(self.router.url.query_parameters.get("module", ""))

    @rx.event
    @allowed("viewer")
    async def redraw(self) -> None:
        """Show what is open over the time range that was just chosen."""
        await self._show(monitor().hub.news)

    async def _open(self, name: str) -> None:
        self.name = clean(name, NAME_LENGTH)
        await self._show(monitor().hub.news)

    async def _show(self, news: News) -> None:
        """Draw the open sheet anew, and let its charts have ticks."""
        charts, store = await self.get_state(ChartsState), monitor().history.store
        if self.name:
            self.view = module_sheet(self.name, news.page, store, charts._span, news.at)
        charts._open(self.view.charts if self.name else (), news)
