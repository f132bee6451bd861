"""Submitting a repository: judged before it is sent, sent once, and each outcome with what to do next."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.ingestion import INGEST, Ingestion, fill_queue, queue, stall

pytestmark = pytest.mark.criterion("7.12.2")

NEW = "github.com/acme/brand-new"


@pytest.mark.criterion("nfr.accessibility.2", "nfr.accessibility.3", "success.7")
def test_it_is_submitted_with_the_keyboard_alone_and_every_tab_is_told(demo: Demo, watch: Watch) -> None:
    ingestion = Ingestion(watch())
    other = ingestion.colleague()
    keyboard = ingestion.ops.page.keyboard
    ingestion.ops.page.bring_to_front()
    ingestion.field.focus()
    keyboard.type("file:///etc/passwd")
    keyboard.press("Tab")
    expect(ingestion.field).to_have_attribute("aria-invalid", "true")
    expect(ingestion.form).to_contain_text('Addresses of the kind "file:" are not sent')
    ingestion.field.fill(f"git@{NEW.replace('/', ':', 1)}.git")
    keyboard.press("Tab")
    expect(ingestion.field).to_have_attribute("aria-invalid", "false")
    expect(ingestion.form).to_contain_text(f"Will be sent as {NEW}")
    ingestion.field.focus()
    keyboard.press("Enter")
    expect(ingestion.result).to_contain_text(
        re.compile(r"Queued(, with nothing before it| at position \d); \d of 10 places are taken\.")
    )
    expect(ingestion.field).to_have_value("")
    expect(ingestion.field).to_be_focused()
    for tab in (ingestion, other):
        expect(tab.submissions).to_have_count(1)
        expect(tab.submissions.first).to_contain_text(NEW)
        expect(tab.job(NEW)).to_be_visible()
    expect(other.region.locator("[data-capacity]")).to_contain_text("of 10")
    assert demo.calls()[INGEST + NEW] == 1


@pytest.mark.criterion("nfr.errors.4")
def test_each_failure_has_its_own_sentence_and_the_address_stays(demo: Demo, watch: Watch) -> None:
    ingestion = Ingestion(watch())
    path = INGEST + NEW
    for fault, state, sentences in (
        (400, "failed", ("does not accept this address", "Correct the address")),
        (401, "failed", ("token", "OPS_BACKEND_TOKEN")),
        (None, "unknown", ("whether the request took effect is not known", "submit it again only if")),
    ):
        demo.fault(path, "reset") if fault is None else demo.fault(path, "status", fault)
        ingestion.submit(NEW)
        expect(ingestion.result).to_have_attribute("data-ingest-state", state)
        for sentence in sentences:
            expect(ingestion.result).to_contain_text(sentence)
        expect(ingestion.field).to_have_value(NEW)
    ingestion.expect_no_violations()
    demo.mend(path)
    stall(demo)
    fill_queue(demo)
    ingestion.submit("github.com/acme/one-too-many")
    expect(ingestion.result).to_contain_text("queue takes no more")
    expect(ingestion.result).to_contain_text("Try again when a job has ended.")
    expect(ingestion.region.locator("[data-capacity]")).to_contain_text(
        "10 of 10 The queue was full at the last submission,"
    )
    demo.set({"ingestion_heartbeat.state": "offline"})
    ingestion.submit("github.com/acme/no-worker")
    expect(ingestion.result).to_contain_text("The edge worker is offline")
    expect(ingestion.result).to_contain_text("Try again when its heartbeat is back.")
    expect(ingestion.submissions).to_have_count(5)


@pytest.mark.thorough
def test_a_repository_that_is_in_the_queue_is_said_to_be_before_it_is_sent(demo: Demo, watch: Watch) -> None:
    waiting = "github.com/acme/waiting"
    queue(demo, "github.com/acme/first", waiting)
    stall(demo)
    ingestion = Ingestion(watch())
    expect(ingestion.job(waiting)).to_be_visible()
    ingestion.submit(waiting)
    expect(ingestion.result).to_contain_text(f"{waiting} is waiting in the queue already.")
    assert demo.calls()[INGEST + waiting] == 1
    ingestion.field.press("Enter")
    expect(ingestion.result).to_contain_text(re.compile("Queued(,| at position)"))
    assert demo.calls()[INGEST + waiting] == 2
