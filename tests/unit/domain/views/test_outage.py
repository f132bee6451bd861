"""What the page says while the backend is out of reach: the reason once, and what was known last as that."""

from dataclasses import fields
from typing import Any

import pytest

from ops_dashboard.domain.series.points import Sample
from ops_dashboard.domain.snapshot import Contact, Snapshot
from ops_dashboard.domain.views.figure import Panel
from ops_dashboard.domain.views.page import PageView, page_view, panels_of
from ops_dashboard.domain.views.past import with_past
from tests.bodies import demo_bodies, recorded
from tests.snapshots import NOW, failing, read, snapshot
from tests.traceable import figures

REASON = "refused the connection"
LOST = Contact(lost=True, since=NOW - 60, reason=REASON, next_retry_at=NOW + 9)


def never_read() -> Snapshot:
    return snapshot(states=[failing(name, REASON) for name in snapshot().sources], contact=LOST)


def nothing_readable() -> Snapshot:
    return snapshot(states=[failing(name, REASON) for name in snapshot().sources])


def read_before() -> Snapshot:
    states = [read(name, body, failures=3, reason=REASON) for name, body in demo_bodies().items()]
    return snapshot(states=states, contact=LOST)


@pytest.mark.parametrize(
    "known", [never_read(), nothing_readable(), read_before()], ids=["lost", "unreadable", "read before"]
)
def test_the_reason_is_on_the_page_once(known: Snapshot):
    page = page_view(known, PageView())
    shown = {f.name: repr(getattr(page, f.name)) for f in fields(PageView) if f.name != "sources"}
    counts = {name: text.count(REASON) for name, text in shown.items() if REASON in text}
    # The heartbeats are a view of contact themselves.
    assert counts.pop("shell") == 1 and set(counts) <= {"ingestion"}


def old(figure: Any) -> Sample | None:
    return Sample(NOW - 500, 216.4) if figure.key.startswith("performance.") else None


def test_cards_show_what_was_known_before_the_start():
    page = with_past(page_view(never_read(), PageView()), lambda _: None, old)
    shown = {figure.key: figure for figure in page.key_metrics}
    p95 = shown["performance.p95"]
    assert (p95.display, p95.text, p95.unit, p95.at) == ("stale", "216", "ms", NOW - 500)
    assert shown["workers.queue_length"].display == "waiting", "of that nothing is known"
    assert not page.shell.banner.known


def test_a_first_reading_that_is_awaited_is_not_replaced():
    page = with_past(page_view(snapshot(), PageView()), lambda _: None, old)
    assert {figure.display for figure in page.key_metrics} == {"waiting"}


def test_an_answer_that_lacks_a_number_is_not_replaced():
    page = with_past(page_view(snapshot({"performance": {}}), PageView()), lambda _: None, old)
    assert page.key_metrics[0].display == "not_reported"


@pytest.mark.parametrize("bodies", [demo_bodies(), {"health": recorded("all-up-busy", "health")}])
def test_old_words_are_marked_as_old(bodies: dict[str, Any]):
    page = page_view(snapshot(bodies, contact=LOST), PageView())
    fresh = page_view(snapshot(bodies), PageView())
    messages = [page.health.message, *(tile.message for tile in page.modules.components)]
    messages += [panel.message for panel in panels_of(page) if isinstance(panel, Panel)]
    assert all(message == "" or message.startswith("Last known: ") for message in messages)
    assert "Last known" not in repr(fresh)
    assert not any(figure.display == "value" and figure.every for figure in figures(page))
