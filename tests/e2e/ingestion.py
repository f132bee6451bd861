"""The section "Ingestion" as its operator knows it."""

import re

import httpx
from playwright.sync_api import Locator, expect

from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage

INGEST = "/api/v1/ingestion/ingest/"


def queue(demo: Demo, *repositories: str) -> list[str]:
    """Submit repositories without the dashboard; returns the ids of their jobs."""
    answers = [httpx.post(f"{demo.origin}{INGEST}{repository}") for repository in repositories]
    return [answer.json()["job_id"] for answer in answers]


def stall(demo: Demo) -> None:
    """Take the worker away: jobs stay as they are, and the backend takes further ones all the same."""
    demo.play("incident")
    demo.set({"ingestion_heartbeat.state": "online"})


def fill_queue(demo: Demo) -> None:
    """Submit repositories until the backend takes no more."""
    number = 0
    while httpx.post(f"{demo.origin}{INGEST}github.com/acme/filler-{number}").status_code == 200:
        number += 1


class Ingestion:
    """Form, queue, history and heartbeats of the page ``ops``."""

    def __init__(self, ops: OpsPage) -> None:
        self.ops = ops
        self.region = ops.region("Ingestion")
        self.field = self.region.get_by_role("textbox", name="Ingest a repository")
        self.form = self.region.locator("form")
        self.result = self.region.locator("[data-ingest-state]")
        self.submissions = self.region.get_by_role("list", name="Last submissions").get_by_role("listitem")
        self.table = self.region.get_by_role("table", name="Job history")
        self.told = self.region.locator("[data-told]")

    def colleague(self) -> "Ingestion":
        """The same section in another tab."""
        return Ingestion(OpsPage(self.ops.page.context.new_page(), self.ops.url).open_live())

    def submit(self, address: str) -> None:
        """Type an address and press Enter."""
        self.field.fill(address)
        self.field.press("Enter")

    @property
    def rows(self) -> Locator:
        """The jobs on the page that is shown."""
        return self.table.locator("tbody tr")

    def job(self, repository: str) -> Locator:
        """The rows of one repository."""
        return self.table.locator(f'tbody tr[data-repo="{repository}"]')

    def part(self, word: str) -> Locator:
        """The part of the queue with that word: a button with a count."""
        group = self.region.get_by_role("group", name="Jobs by status")
        return group.get_by_role("button", name=re.compile(f"^{word}"))

    def dialog(self, title: str) -> Locator:
        """The open dialog of that title."""
        return self.ops.page.get_by_role("dialog", name=title, exact=True)

    def heartbeat(self, key: str) -> Locator:
        """The card of "cloud-api" or "edge-worker"."""
        return self.region.locator(f'[data-heartbeat="{key}"]')

    def search(self, text: str) -> None:
        """Look for words in the history."""
        self.region.get_by_role("searchbox", name="Search the jobs").fill(text)

    def expect_no_violations(self) -> None:
        """What axe finds within the section is nothing, in both themes."""
        for theme in ("light", "dark"):
            self.ops.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # it is one of the two
            assert self.ops.accessibility_violations("#ingestion") == []

    def expect_states(self, *states: str) -> None:
        """Wait until all rows that are shown have one of these statuses."""
        expect(self.rows.first).to_be_visible()
        for row in self.rows.all():
            expect(row).to_have_attribute("data-status", re.compile("|".join(states)))
