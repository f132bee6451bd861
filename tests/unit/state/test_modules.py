from typing import Any

import pytest

from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.modules import SORTS, STATUSES, ModulesState


def made(cls: type[Any]) -> Any:
    return cls(_reflex_internal_init=True)


@pytest.mark.parametrize("bad", ["", "on fire", "ALL", None, 3, [], {}, "x" * 100_000])
def test_what_is_no_choice_changes_nothing(bad: object):
    state = made(ModulesState)
    state.choose_status("down")
    state.choose_sort("name")
    state.choose_status(bad)
    state.choose_sort(bad)
    assert (state.status, state.sort) == ("down", "name")


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_can_be_chosen(status: str):
    state = made(ModulesState)
    state.choose_status(status)
    assert state.status == status
    assert all(tile.status == status for tile in state.tiles) or status == "all"


@pytest.mark.parametrize("sort", SORTS)
def test_each_order_keeps_every_tile(sort: str):
    state = made(ModulesState)
    names = {tile.name for tile in state.tiles}
    state.choose_sort(sort)
    assert {tile.name for tile in state.tiles} == names and len(names) == 13


@pytest.mark.parametrize("bad", ["nothing", None, 1, ["sources"]])
def test_an_unknown_dialog_is_not_opened(bad: object):
    state = made(DialogsState)
    state.show(bad)
    assert state.open_dialog == ""


def test_a_dialog_opens_and_closes():
    state = made(DialogsState)
    state.show("sources")
    assert state.open_dialog == "sources"
    state.close(False)
    assert state.open_dialog == ""
