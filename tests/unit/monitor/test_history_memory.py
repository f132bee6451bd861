"""The past stays bounded, however many names a backend makes up and for however long it runs."""

import pickle

from ops_dashboard.domain.series.store import HELD_SECONDS, MOST_SERIES
from ops_dashboard.domain.views.modules import MOST_TILES
from ops_dashboard.monitor.history import EXPIRE_SECONDS, History
from tests.snapshots import NOW, page
from tests.unit.monitor.pages import P95, counter, figure, module_page, page_of, remembered

RATE = "cache.hits.rate"


def test_ten_thousand_modules_at_once_fill_no_more_than_the_store_holds():
    modules = {f"module-{n:05}": {"status": "healthy", "response_time_ms": 5} for n in range(10_000)}
    history = History()
    history.remember(page({"health": {"modules": modules}, "workers": {"queue_length": 3}}), NOW)
    assert len(history.store) == MOST_SERIES
    assert "workers.queue_length" in history.store, "the named numbers go before those of the modules"


def test_new_modules_with_every_refresh_take_no_more_memory():
    history, sizes = History(), list[int]()
    for n in range(12):
        at = NOW + EXPIRE_SECONDS * n
        history.remember(module_page((f"module-{n}-{m}" for m in range(MOST_TILES)), at), at)
        sizes.append(len(pickle.dumps(history)))
    assert max(sizes) - sizes[2] < 10_000, "six hundred new names each time, with what is known of them"
    assert len(history.store) == MOST_SERIES


def test_a_full_store_goes_on_with_what_it_knows():
    history = remembered(figure(1.0))
    history.remember(module_page((f"module-{m}" for m in range(MOST_TILES)), NOW), NOW)
    history.remember(page_of(figure(2.0, NOW + 30)), NOW + 30)
    assert [sample.value for sample in history.store.last(P95, 9)] == [1.0, 2.0]


def test_a_series_that_was_not_read_for_a_week_is_forgotten():
    history = remembered(figure(1.0))
    history.remember(page_of(), NOW + HELD_SECONDS)
    assert P95 in history.store
    history.remember(page_of(), NOW + HELD_SECONDS + EXPIRE_SECONDS)
    assert P95 not in history.store
    history.remember(page_of(figure(1.0)), NOW + HELD_SECONDS + EXPIRE_SECONDS)
    assert P95 in history.store, "and when it returns, even with its old time, it is new"


def test_a_counter_that_was_read_once_is_remembered_until_its_next_reading():
    history = remembered(counter(100))
    for minute in range(1, 10):
        history.remember(page_of(), NOW + minute * EXPIRE_SECONDS)
    history.remember(page_of(counter(700, NOW + 600)), NOW + 600)
    assert [sample.value for sample in history.store.last(RATE, 9)] == [1.0]


def test_a_counter_that_was_not_read_for_a_week_is_forgotten():
    history = remembered(counter(100))
    history.remember(page_of(), NOW + HELD_SECONDS)
    history.remember(page_of(counter(700, NOW + HELD_SECONDS + 1)), NOW + HELD_SECONDS + 1)
    assert RATE not in history.store


def test_a_clock_put_back_stops_no_tidying():
    history = remembered(figure(1.0, NOW + 400 * HELD_SECONDS))
    history.remember(module_page(["gone"], NOW), NOW)
    for late in (0, 1, 2):
        now = NOW + late * EXPIRE_SECONDS + HELD_SECONDS
        history.remember(page_of(figure(1.0, now)), now)
    assert "modules.gone.status" not in history.store
