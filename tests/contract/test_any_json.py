"""Any JSON whatever, in any source: nothing raises, nothing is invented, and no neighbour is lost."""

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ops_dashboard.backend.decode import decode
from ops_dashboard.backend.errors import BadBody
from ops_dashboard.backend.reading import read_report
from ops_dashboard.backend.receive import Reply
from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.evaluate import MOST_KEYS, evaluate
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.samples import samples
from ops_dashboard.domain.alerts.state import State
from ops_dashboard.domain.metrics.product import RANGED_SOURCES
from ops_dashboard.domain.series.store import MOST_SERIES
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.text import NAME_LENGTH, clean
from ops_dashboard.domain.views.page import PageView, page_view, panels_of
from ops_dashboard.domain.views.readings import page_figures
from ops_dashboard.domain.views.table import over, table_rows
from ops_dashboard.domain.views.tables import TABLES
from ops_dashboard.monitor.history import History
from ops_dashboard.serving.csv_file import csv_file
from tests.bodies import demo_bodies
from tests.contract.hostile import ANY_JSON, KEYS, MODELS, SCALARS, spoilt_bodies, valid_bodies
from tests.snapshots import NOW, read, snapshot
from tests.traceable import figures, untraceable

bounded = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
thorough = settings(bounded, max_examples=50)


MOST_TEXT = 4_000
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]|[\u0300-\u036f]{3}")
"""Commands, what turns text round, half characters, and towers of marks."""


def texts_of(part: object) -> Iterator[str]:
    """Every text that a page holds."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        yield from texts_of([*part, *part.values()])
    elif isinstance(part, tuple | list):
        for entry in part:
            yield from texts_of(entry)
    elif is_dataclass(part) and not isinstance(part, type):
        yield from texts_of([getattr(part, each.name) for each in fields(part)])


def shown(known: Snapshot) -> PageView:
    """The page, twice over: the second one knows the first."""
    return page_view(replace(known, revision=2, at=known.at + 1), page_view(known, PageView()))


def assert_honest(known: Snapshot, bodies: list[object]) -> None:
    page = shown(known)
    assert untraceable(page, bodies) == []
    for figure in figures(page):
        assert bool(figure.text) == (figure.display in ("value", "stale")), figure
        assert bool(figure.origin_note) == (figure.origin != "reported"), figure
        assert not {"nan", "inf"} & set(figure.exact.lower().split()), figure
        assert math.isfinite(figure.at)
    for panel in panels_of(page):
        assert len(panel.message) <= 300 and "\n" not in panel.message
    for tile in (*page.modules.tiles, *page.modules.components):
        assert clean(tile.name, NAME_LENGTH) == tile.name != "", tile
    for text in texts_of(page):
        assert not _UNFIT.search(text), text
        assert len(text) < MOST_TEXT, text[:100]


@pytest.mark.parametrize("source", MODELS)
@given(data=st.data())
@bounded
def test_any_json_is_read_or_refused_and_the_page_invents_nothing(source: str, data: st.DataObject) -> None:
    body = data.draw(ANY_JSON)
    assert_honest(snapshot(states=[read(source, body)]), [body])


@pytest.mark.parametrize("source", MODELS)
@given(data=st.data())
@bounded
def test_a_spoilt_body_costs_only_what_is_spoilt(source: str, data: st.DataObject) -> None:
    body = data.draw(spoilt_bodies(source))
    assert_honest(snapshot(states=[read(source, body)]), [body])


@given(data=st.data())
@thorough
def test_a_page_of_spoilt_bodies_is_a_page_all_the_same(data: st.DataObject) -> None:
    bodies = {name: data.draw(st.none() | spoilt_bodies(name)) for name in MODELS if name != "prometheus"}
    assert_honest(snapshot(bodies), list(bodies.values()))


@pytest.mark.parametrize("source", MODELS)
@given(data=st.data())
@settings(bounded, max_examples=8)
def test_one_spoilt_source_leaves_the_figures_of_the_others_alone(source: str, data: st.DataObject) -> None:
    good = demo_bodies()
    before = {f.key: f for f in page_figures(shown(snapshot(good)))}
    spoilt = snapshot(good | {source: data.draw(spoilt_bodies(source))})
    after = {f.key: f for f in page_figures(shown(spoilt))}
    others = [key for key in before if not lives_on(source, key)]
    assert others
    assert {key: after.get(key) for key in others} == {key: before[key] for key in others}


_KEYS_OF = {
    "db_pool": ("db_pool", "database"),
    "database": ("database", "db_pool"),
    "events": ("events",),
    "event_history": ("event_history",),
    "cache": ("cache",),
    "health": ("modules",),
    "ml_health": ("none",),
    "module_health.search": ("none",),
    "model_health": ("models",),
    "user_engagement": ("engagement",),
    "recommendation_quality": ("recommendation",),
    "ingestion_worker": ("ingestion.activity",),
    "ingestion_heartbeat": ("ingestion.heartbeat", "ingestion.last_beat"),
    "ingestion_health": ("none",),
    "prometheus": ("process", "performance.uptime"),
}
"""The figures that live on a source; those of any other must not move when it goes wrong."""


def lives_on(source: str, key: str) -> bool:
    """Whether a figure is read from this source; one of a time range only from the source of that range."""
    name, _, span = source.partition(".")
    if name in RANGED_SOURCES:
        return key.startswith(_KEYS_OF[name]) and key.endswith(f".{span}")
    return key.startswith(_KEYS_OF.get(source, (source,)))


@pytest.mark.parametrize("source", [name for name in MODELS if name != "prometheus"])
@given(junk=ANY_JSON)
@settings(bounded, max_examples=8)
def test_an_unknown_field_changes_nothing(source: str, junk: object) -> None:
    for body in valid_bodies(source):
        if isinstance(body, dict):
            assert read_report(MODELS[source], {**body, "something new": junk}) == read_report(
                MODELS[source], body
            )


@pytest.mark.parametrize("source", MODELS)
@given(text=st.text(max_size=200))  # decoded bytes hold no lone surrogates, unlike the escapes of JSON
@settings(bounded, max_examples=20)
def test_any_text_is_read_or_refused(source: str, text: str) -> None:
    assert_honest(snapshot(states=[read(source, text)]), [text])


@pytest.mark.parametrize("source", MODELS)
@pytest.mark.parametrize(
    "body",
    [
        '{"status": ' * 900 + "1" + "}" * 900,
        "[" * 900 + "]" * 900,
        '{"modules": {"a": ' + "[" * 900 + "]" * 900 + "}}",
        '{"hit_rate": NaN, "active": Infinity, "max": -Infinity}',
        '{"active": ' + "9" * 5_000 + "}",
        '{"status": "\\ud800", "modules": {"\\udfff": {"status": "\\ud800"}}}',
        '{"status": "ok", "status": "down"}',
    ],
    ids=["nested objects", "nested lists", "nested inside", "not finite", "huge", "surrogates", "twice"],
)
def test_odd_json_over_the_wire(source: str, body: str) -> None:
    decoded = decode(Reply(200, httpx.Headers({"content-type": "application/json"}), body.encode()))
    assert_honest(snapshot(states=[read(source, decoded)]), [decoded])


@pytest.mark.parametrize("source", MODELS)
@pytest.mark.parametrize("body", [None, True, 7, "text", math.nan])
def test_what_is_no_object_at_all_is_refused(source: str, body: object) -> None:
    if source == "prometheus" and isinstance(body, str):
        return  # text is what that call answers with
    with pytest.raises(BadBody):
        read_report(MODELS[source], body)


@given(words=st.lists(SCALARS | KEYS, min_size=1, max_size=6))
@bounded
def test_any_text_in_any_table_is_fit_to_be_shown_and_to_be_a_file(words: list[object]) -> None:
    known = snapshot({name: with_words(name, words) for name in ("database", "cache", "jobs", "workers")})
    for spec in TABLES.values():
        rows = table_rows(over(spec, "1h"), known)
        assert not [text for text in texts_of(list(rows)) if _UNFIT.search(text)]
        content = csv_file([column.title for column in spec.columns], rows).decode("utf-8-sig")
        for row in csv.reader(io.StringIO(content, newline="")):
            assert not [
                cell for cell in row if cell.startswith(("=", "@", "\t", "＝")) or cell[:2] in ("+1", "-2")
            ]


def with_words(source: str, words: list[object]) -> object:
    """A body of ``source`` in which these stand for names, texts and numbers alike."""
    named = {str(word): {"row_count": word, "size_mb": word} for word in words}
    match source:
        case "database":
            return {"table_stats": named, "slow_query_log": [{"query": w, "duration_ms": w} for w in words]}
        case "cache":
            return {"top_keys": [{"key": word, "hits": word} for word in words]}
        case "jobs":
            return [{"job_id": w, "repo_url": w, "status": w, "error": w, "worker": w} for w in words]
    return {"workers": [{"name": word, "status": word} for word in words]}


@given(data=st.data(), names=st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=5, unique=True))
@settings(bounded, max_examples=10)
def test_names_that_are_new_in_each_answer_are_remembered_only_as_far_as_there_is_room(
    data: st.DataObject, names: list[str]
) -> None:
    history, states = History(), dict[Key, State]()
    for answer in range(data.draw(st.integers(2, 4))):
        now = NOW + 30 * answer
        modules = {
            f"{name} {answer} {n}": {"status": "down", "response_time_ms": n}
            for name in names
            for n in range(60)
        }
        known = snapshot({"health": {"modules": modules}}, at=now)
        page = history.remember(page_view(known, PageView()), now)
        states, _ = evaluate(DEFAULT_RULES, states, samples(known, page), now)
    assert len(history.store) <= MOST_SERIES
    assert max(Counter(key.rule_id for key in states).values()) <= MOST_KEYS
