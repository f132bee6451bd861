from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.modules import WATCHED_MODULES
from ops_dashboard.domain.snapshot import Contact
from ops_dashboard.domain.views.modules import MOST_TILES, UNCHECKED, ModulesView, Tile, arrange, modules_view
from tests.bodies import recorded
from tests.snapshots import NOW, failing, read, snapshot


def view(modules: Any, **more: Any) -> ModulesView:
    return modules_view(snapshot({"health": {"status": "healthy", "modules": modules}}, **more))


def tile(seen: ModulesView, name: str) -> Tile:
    return next(t for t in seen.tiles if t.name == name)


def test_all_watched_modules_have_a_tile_before_anything_is_known() -> None:
    seen = modules_view(snapshot())
    assert [t.name for t in seen.tiles] == sorted(WATCHED_MODULES)
    assert {(t.status, t.display, t.response.display) for t in seen.tiles} == {
        ("unknown", "waiting", "waiting")
    }
    assert (seen.healthy, seen.total, seen.more) == (0, 13, 0)


def test_a_reported_module_has_its_own_figures() -> None:
    seen = tile(view({"graph": {"status": "degraded", "response_time_ms": 812.5, "error_count": 3}}), "graph")
    assert (seen.status, seen.status_word, seen.response_ms) == ("degraded", "Degraded", 812.5)
    assert (seen.response.text, seen.response.unit, seen.response.origin) == ("812", "ms", "reported")
    assert (seen.errors.text, seen.at) == ("3", NOW)


def test_what_the_backend_reports_beyond_the_watched_ones_is_shown_too() -> None:
    seen = view({"billing": {"status": "healthy"}})
    assert tile(seen, "billing").status == "healthy" and seen.total == 14


def test_a_bad_field_costs_itself_alone() -> None:
    seen = tile(view({"graph": {"status": "down", "response_time_ms": -1, "error_count": "many"}}), "graph")
    assert (seen.status, seen.response.display, seen.errors.display) == (
        "down",
        "not_reported",
        "not_reported",
    )


@pytest.mark.parametrize("entry", [None, [], "on fire", 7, {"status": None}, {}])
def test_an_entry_without_a_usable_word_is_unknown(entry: object) -> None:
    assert tile(view({"graph": entry}), "graph").status == "unknown"


def test_a_bare_word_is_the_status() -> None:
    assert tile(view({"graph": "healthy"}), "graph").status == "healthy"


def test_module_without_check_is_unknown_without_time() -> None:
    state = read(
        "module_health.search", recorded("all-up-busy", "module_health.search"), clean_latency=0.0123
    )
    seen = tile(modules_view(snapshot(states=[state])), "search")
    assert (seen.status, seen.message) == ("unknown", UNCHECKED)
    assert (seen.response.display, seen.response.text, seen.response_ms) == ("not_reported", "", -1)


def test_module_with_check_has_the_time_of_the_own_call() -> None:
    body = {"status": "ok", "health": {"status": "healthy", "message": "index reachable"}}
    state = read("module_health.search", body, clean_latency=0.0123)
    response = tile(modules_view(snapshot(states=[state])), "search").response
    assert (response.text, response.unit, response.origin) == ("12.3", "ms", "observed")


def test_a_module_whose_check_says_ill_is_ill_whatever_the_envelope_says() -> None:
    body = {"status": "ok", "module": "search", "health": {"status": "unhealthy", "message": "index lost"}}
    seen = tile(modules_view(snapshot({"module_health.search": body})), "search")
    assert (seen.status, seen.message) == ("down", "index lost")


def test_the_health_answer_goes_before_the_modules_own_call() -> None:
    bodies = {
        "health": {"modules": {"search": {"status": "down"}}},
        "module_health.search": {"status": "healthy"},
    }
    assert tile(modules_view(snapshot(bodies)), "search").status == "down"


def test_a_module_the_backend_does_not_know_is_not_reported() -> None:
    gone = failing("module_health.search", "does not offer this call (HTTP 404)", not_offered=True)
    seen = tile(modules_view(snapshot(states=[gone])), "search")
    assert (seen.status, seen.display, seen.response.display) == ("unknown", "not_reported", "not_reported")


def test_a_module_that_cannot_be_read_says_why() -> None:
    seen = tile(
        modules_view(snapshot(states=[failing("module_health.search", "failed (HTTP 500)")])), "search"
    )
    assert (seen.display, seen.message) == ("waiting", "failed (HTTP 500)")


def test_a_stale_status_is_kept_and_marked() -> None:
    seen = view({"graph": {"status": "down"}}, contact=Contact(lost=True, reason="refused"))
    assert (tile(seen, "graph").status, tile(seen, "graph").display) == ("down", "stale")


def test_components_are_tiles_of_their_own() -> None:
    components = {"redis": {"status": "unhealthy", "message": "gone"}, "ncf": {"status": "not_applicable"}}
    seen = modules_view(snapshot({"health": {"status": "degraded", "components": components}}))
    assert [(c.name, c.status, c.message) for c in seen.components] == [
        ("redis", "down", "gone"),
        ("ncf", "not_applicable", ""),
    ]
    assert seen.total == 13, "they are no modules"


def test_the_worst_come_first() -> None:
    words = {"a": "healthy", "b": "not_applicable", "c": "down", "d": "degraded", "e": "down", "f": "?"}
    seen = view({name: {"status": word} for name, word in words.items()})
    order = [t.name for t in seen.tiles if t.name in words]
    assert order == ["c", "e", "d", "f", "a", "b"]


def test_a_very_long_list_keeps_the_worst_and_says_how_many_are_left_out() -> None:
    modules = {f"m{n:05}": {"status": "healthy" if n else "down"} for n in range(10_000)}
    seen = view(modules)
    assert (len(seen.tiles), seen.tiles[0].name, seen.total) == (MOST_TILES, "m00000", 10_013)
    assert (seen.more, seen.healthy) == (10_013 - MOST_TILES, 9_999)


def test_a_hostile_name_is_cleaned_and_cut() -> None:
    seen = view({"\u202e<b>x</b>\n" + "y" * 50_000: {"status": "down"}})
    name = seen.tiles[0].name
    assert name.startswith("<b>x</b> yyy") and len(name) == 80 and name.endswith("…")


TILES = [
    Tile("b", "down", rank=0, response_ms=5),
    Tile("a", "healthy", rank=3, response_ms=700),
    Tile("c", "unknown", rank=2),
    Tile("d", "degraded", rank=1, response_ms=5),
]


@pytest.mark.parametrize(
    ("status", "sort", "order"),
    [
        ("all", "status", "bdca"),
        ("all", "name", "abcd"),
        ("all", "response", "abdc"),
        ("down", "name", "b"),
        ("unknown", "response", "c"),
        ("not_applicable", "status", ""),
        ("nonsense", "status", ""),
        ("all", "nonsense", "bdca"),
    ],
)
def test_tiles_are_filtered_and_sorted(status: str, sort: str, order: str) -> None:
    assert "".join(t.name for t in arrange(TILES, status, sort)) == order


def test_a_tile_does_not_depend_on_the_order_of_the_answer() -> None:
    words = {name: {"status": "healthy"} for name in WATCHED_MODULES}
    assert view(words) == view(dict(reversed(words.items())))


def test_a_spared_call_keeps_its_tile_alive_through_the_health_answer() -> None:
    spared = replace(failing("module_health.graph"), spared="reported elsewhere", failures=0, reason="")
    seen = view({"graph": {"status": "healthy"}}, states=[spared])
    assert (tile(seen, "graph").status, tile(seen, "graph").display) == ("healthy", "value")
