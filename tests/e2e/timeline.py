"""The latest events as their readers know them: by the roles and names of the parts."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.pages import OpsPage
from tests.e2e.times import CLOCK


class Timeline:
    """The list of the latest events in the section "Event bus"."""

    def __init__(self, ops: OpsPage) -> None:
        region = ops.region("Event bus")
        self.whole = region.locator("[data-timeline]")
        self.list = region.get_by_role("list", name="Latest events")
        self.type = region.get_by_label("Event type", exact=True)
        self.csv = region.get_by_role("link", name="CSV of Latest events")

    def loaded(self) -> "Timeline":
        """Bring it into sight, and wait until its events are there."""
        self.whole.scroll_into_view_if_needed()
        expect(self.whole).to_have_attribute("data-state", "ready")
        return self

    @property
    def events(self) -> Locator:
        """The events, newest first: each a button that shows its details."""
        return self.list.get_by_role("button", name=re.compile(CLOCK))

    def types(self) -> list[str]:
        """The type of each event."""
        return self.list.locator("[data-event]").evaluate_all(
            "items => items.map(item => item.dataset.event)"
        )
