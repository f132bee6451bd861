"""What the page says of generating sparse embeddings, in every state a run can be in."""

from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.backend.capabilities import read_capabilities
from ops_dashboard.backend.features import offers
from ops_dashboard.domain.actions import Ending
from ops_dashboard.domain.embeddings.progress import Progress
from ops_dashboard.domain.embeddings.run import EmbeddingRun, Generation, Unread
from ops_dashboard.domain.snapshot import Contact, Snapshot
from ops_dashboard.domain.views.action import NOT_KNOWN_YET, OUT_OF_REACH
from ops_dashboard.domain.views.embeddings import EmbeddingsPanel, barred, embeddings_panel
from ops_dashboard.domain.views.table import table_rows
from ops_dashboard.domain.views.tables import TABLES
from tests.snapshots import NOW, read, snapshot

GENERATE, JOBS = "/admin/sparse-embeddings/generate", "/admin/sparse-embeddings/jobs/{job_id}"
BOTH = {"paths": {GENERATE: {"post": {}}, JOBS: {"get": {}}}}
RUNNING = EmbeddingRun(2, "ana", NOW - 60, job_id="emb-1", total=240)
DONE = EmbeddingRun(
    1, "ben", NOW - 7_300, ended_at=NOW - 7_200, ending=Ending("done", "Done it."), processed=8, total=8
)
FAR = Progress(processed=96, total=240, at=NOW, grown_at=NOW, growth=8, weight=1)


def known(description: Any = BOTH, *runs: EmbeddingRun, **changes: Any) -> Snapshot:
    """A snapshot of a backend with these calls, and these runs."""
    of_runs = {name: changes.pop(name) for name in ("progress", "unread", "unkept") if name in changes}
    return snapshot(
        states=[read("openapi", description)],
        offers=offers(read_capabilities(description)),
        embeddings=Generation(runs, changed_at=NOW, **of_runs),
        **changes,
    )


def panel(*runs: EmbeddingRun, **changes: Any) -> EmbeddingsPanel:
    return embeddings_panel(known(BOTH, *runs, **changes))


def test_before_the_first_run_that_is_what_is_said():
    shown = panel()
    assert [(f.key, f.display) for f in shown.figures] == [
        ("embeddings.offered", "value"),
        ("embeddings.last_run", "waiting"),
    ]
    assert not shown.progress.is_shown
    assert (shown.action.state, shown.action.number, shown.action.barred) == ("idle", 0, "")


def test_reported_progress_is_a_value_with_rate_and_time_left():
    progress = panel(RUNNING, progress=FAR).progress
    assert (progress.is_real, progress.is_blind, progress.percent, progress.text) == (True, False, 40, "40 %")
    assert (progress.done, progress.rate, progress.left) == ("96 of 240", "8 /s", "about 20 s")
    assert progress.announcement == "A quarter is done."


@pytest.mark.parametrize(
    ("progress", "done", "left", "blind"),
    [
        (Progress(), "", "estimating…", True),
        (Progress(total=240), "none of 240 yet", "estimating…", True),
        (Progress(processed=7), "7", "estimating…", True),
        (Progress(processed=240, total=240, grown_at=NOW - 900), "240 of 240", "finishing…", False),
        (Progress(processed=0, total=0), "0 of 0", "estimating…", True),
    ],
)
def test_what_is_not_reported_is_not_made_up(progress: Progress, done: str, left: str, blind: bool):
    shown = panel(RUNNING, progress=progress).progress
    assert (shown.done, shown.left, shown.is_blind) == (done, left, blind)
    assert shown.percent <= 99


def test_a_run_that_does_not_get_on_says_since_when():
    shown = panel(RUNNING, progress=replace(FAR, grown_at=NOW - 600)).progress
    assert (shown.trouble, shown.trouble_at, shown.left) == ("Nothing was processed since", NOW - 600, "")


def test_what_cannot_be_read_is_said_with_what_was_known_last():
    shown = panel(RUNNING, progress=FAR, unread=Unread(NOW - 9, "the backend hung up")).progress
    assert (shown.trouble, shown.trouble_at, shown.rate, shown.left) == (
        "Not readable since",
        NOW - 9,
        "",
        "",
    )
    assert shown.why == "The backend hung up. Last known: 40 %."


def test_a_run_of_unknown_size_has_no_estimate():
    sync = replace(RUNNING, job_id="", total=None)
    shown = panel(sync, DONE).progress
    assert (shown.is_real, shown.is_blind, shown.text, shown.left) == (False, True, "", "")
    assert shown.note == (
        "The backend reports no progress: it answers when all is done."
        " The last run took 1 min 40 s for 8 resources; how many this one has is not known."
    )
    first = panel(sync).progress
    assert (first.is_blind, first.text, first.announcement) == (True, "", "")
    assert first.note == "The backend reports no progress: it answers when all is done."
    lost = panel(sync, contact=Contact(lost=True, since=NOW - 30, reason="hung up")).progress
    assert (lost.trouble, lost.trouble_at) == ("The backend is out of reach since", NOW - 30)


def test_a_run_without_progress_is_estimated_by_its_size():
    earlier = replace(DONE, processed=240, total=240)
    shown = panel(RUNNING, earlier, progress=Progress(total=240)).progress
    assert (shown.is_real, shown.is_blind, shown.text, shown.left) == (
        False,
        False,
        "about 60 %",
        "about 40 s",
    )
    assert shown.announcement == "Half is done, by the estimate."


def test_past_the_estimate_the_bar_says_nothing():
    late = replace(RUNNING, began_at=NOW - 101)
    shown = panel(late, replace(DONE, processed=240, total=240), progress=Progress(total=240)).progress
    assert (shown.is_blind, shown.percent, shown.text, shown.announcement) == (True, 0, "", "")
    assert shown.left == "longer than estimated"


def test_the_last_run_is_told_with_when_how_long_how_many_and_by_whom():
    shown = panel(RUNNING, DONE)
    assert {f.key: f.text for f in shown.figures} == {
        "embeddings.offered": "available",
        "embeddings.last_run": "completed",
        "embeddings.last_took": "1.67",
        "embeddings.last_processed": "8",
    }
    assert (shown.last.at, shown.last.by, shown.last.what) == (DONE.began_at, "ben", "all resources")
    assert (shown.action.state, shown.action.number) == ("running", 2)


@pytest.mark.parametrize(
    ("state", "tone", "word"), [("failed", "crit", "failed"), ("unknown", "warn", "outcome unknown")]
)
def test_a_bad_end_is_marked_and_an_unknown_one_has_no_duration(state: Any, tone: str, word: str):
    run = replace(DONE, ended_at=NOW - 5, processed=None, ending=Ending(state, "Ended.", "Do this."))
    shown = panel(run)
    figures = {f.key: f for f in shown.figures}
    assert (figures["embeddings.last_run"].text, figures["embeddings.last_run"].tone) == (word, tone)
    assert (figures["embeddings.last_took"].display == "value") == (state == "failed")
    assert (shown.action.state, shown.action.sentence, shown.action.advice) == (state, "Ended.", "Do this.")


def test_a_result_of_hours_ago_is_no_news_and_stays_the_last_run():
    shown = panel(DONE)
    assert (shown.action.state, shown.action.number) == ("idle", 1)
    assert shown.last.by == "ben"


def test_why_no_run_can_be_started_is_said_and_a_standard_call_is_worth_trying():
    assert barred(known(BOTH)) == ""
    assert barred(known({})) == "", "its calls are not known"
    assert (
        barred(known({"paths": {"/": {"get": {}}}}))
        == "This backend has no call to generate sparse embeddings."
    )
    assert barred(snapshot()) == NOT_KNOWN_YET
    assert barred(known(BOTH, contact=Contact(lost=True))) == OUT_OF_REACH


def test_what_is_known_before_a_run_is_said():
    assert panel(DONE).plan == (
        "The backend reports its progress while it works.",
        "The last run took 1 min 40 s for 8 resources.",
    )
    unknown = embeddings_panel(known({})).plan
    assert "is not known" in unknown[0]
    assert "only when all is done" in unknown[1]


def test_the_table_has_every_run_the_newest_first():
    spec = TABLES["embedding_runs"]
    rows = table_rows(spec, known(BOTH, RUNNING, DONE))
    assert rows == [
        (NOW - 60, "running", None, None, 240, "all resources", "ana", None),
        (NOW - 7_300, "completed", 100, 8, 8, "all resources", "ben", "Done it."),
    ]
    view = panel(RUNNING, DONE).runs
    assert (view.display, view.count, view.at) == ("value", 2, NOW)
    assert embeddings_panel(snapshot()).runs.display == "waiting"
    assert panel(unkept="The disk is full.").unkept == "The disk is full."
