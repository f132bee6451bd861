"""Starting a run from a tab: only as confirmed in the open dialog, once, and with a batch size that is one."""

import asyncio
from typing import Any

import pytest

from ops_dashboard.domain.actions import Ending
from ops_dashboard.domain.embeddings.run import EmbeddingRun, Generation
from ops_dashboard.monitor.actions import Asked
from ops_dashboard.state import embedding_actions
from ops_dashboard.state.dialogs import GENERATE_EMBEDDINGS, DialogsState
from ops_dashboard.state.embedding_actions import LONGEST, EmbeddingActionsState
from ops_dashboard.state.live import LiveState
from ops_dashboard.state.sections import EmbeddingsState
from tests.bodies import demo_bodies
from tests.snapshots import snapshot
from tests.unit.state.tabs import FakeMonitor, tab

HOSTILE: list[Any] = [None, True, -1, 1.5, "", "x" * 100_000, [], {}, {"a": 1}]


class FakeEmbeddings:
    """Stands for the monitor and its runs: remembers what was asked for."""

    def __init__(self) -> None:
        self.embeddings = self
        self.asked: list[tuple[str, int | None, int | None]] = []
        self.answer = Asked(True)

    async def start(self, by: str, batch_size: int | None = None, after: int | None = None) -> Asked:
        self.asked.append((by, batch_size, after))
        await asyncio.sleep(0)
        return self.answer


@pytest.fixture
def embeddings(monkeypatch: pytest.MonkeyPatch) -> FakeEmbeddings:
    fake = FakeEmbeddings()
    monkeypatch.setattr(embedding_actions, "monitor", lambda: fake)
    return fake


async def confirmed(call: Any, after: Any = 0) -> None:
    await (await call(DialogsState.show(GENERATE_EMBEDDINGS)))
    await (await call(EmbeddingActionsState.start(after)))


async def test_what_is_confirmed_is_started_and_the_dialog_closes(embeddings: FakeEmbeddings):
    async with tab() as (tabs, call):
        await (await call(EmbeddingActionsState.set_batch(" 1,000 ")))
        await confirmed(call, 4)
        assert tabs.values(DialogsState, "open_dialog")[-2:] == [GENERATE_EMBEDDINGS, ""]
        await confirmed(call, 5)
    assert embeddings.asked == [("an operator", 1000, 4), ("an operator", None, 5)]


async def test_a_second_press_finds_the_dialog_closed(embeddings: FakeEmbeddings):
    async with tab() as (_, call):
        await (await call(EmbeddingActionsState.start(0)))
        await confirmed(call)
        await (await call(EmbeddingActionsState.start(0)))
    assert len(embeddings.asked) == 1


async def test_a_batch_size_that_is_none_is_said_and_nothing_is_started(embeddings: FakeEmbeddings):
    async with tab() as (tabs, call):
        await (await call(EmbeddingActionsState.set_batch("ten" * 1_000)))
        assert tabs.values(EmbeddingActionsState, "problem")[-1].startswith("A whole number")
        assert len(tabs.values(EmbeddingActionsState, "batch")[-1]) == LONGEST
        await confirmed(call)
    assert embeddings.asked == []
    assert tabs.values(DialogsState, "open_dialog")[-1] == GENERATE_EMBEDDINGS


@pytest.mark.parametrize("bad", HOSTILE, ids=lambda bad: repr(bad)[:12])
async def test_what_is_no_number_changes_nothing(embeddings: FakeEmbeddings, bad: Any):
    async with tab() as (tabs, call):
        await confirmed(call, bad)
        await (await call(EmbeddingActionsState.dismiss(bad)))
    assert embeddings.asked == []
    assert not any(tabs.values(EmbeddingActionsState, "dismissed"))


async def test_why_nothing_was_sent_is_told_to_this_tab_until_it_is_put_away(embeddings: FakeEmbeddings):
    embeddings.answer = Asked(False, "A run is under way already.")
    async with tab() as (tabs, call):
        await confirmed(call)
        assert tabs.values(EmbeddingActionsState, "not_sent")[-1] == "A run is under way already."
        await (await call(EmbeddingActionsState.dismiss(3)))
        assert tabs.values(EmbeddingActionsState, "not_sent")[-1] == ""
        assert tabs.values(EmbeddingActionsState, "dismissed")[-1] == 3


async def test_a_paused_display_goes_on_to_show_the_run(watched: FakeMonitor):
    run = EmbeddingRun(7, "ana", watched.at, ended_at=watched.at + 1, ending=Ending("done", "It is done."))
    async with tab() as (tabs, call):
        following = await call(LiveState.follow)
        await tabs.until_healthy()
        await (await call(LiveState.set_auto_refresh(False)))
        watched.at += 1
        known = snapshot(demo_bodies(), at=watched.at, embeddings=Generation((run,), changed_at=watched.at))
        watched.hub.publish(known, quiet=False)
        told = await tabs.until(EmbeddingsState, "view", lambda view: view.action.state == "done")
        following.cancel()
    assert told.action.sentence == "It is done."
