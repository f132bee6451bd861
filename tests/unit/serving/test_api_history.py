"""The route of the past: what it accepts, and what it answers from a real history."""

import csv
from collections.abc import Sequence
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from ops_dashboard.domain.series.points import SPANS, Span
from ops_dashboard.monitor.history import History
from ops_dashboard.serving.api import MOST_KEYS, api_routes
from tests.snapshots import NOW

KEY = "performance.p95"


def client(history: History) -> httpx.AsyncClient:
    async def answered(keys: Sequence[str], span: Span, previous: bool) -> Any:
        return history.window(keys, span, NOW, previous=previous)

    routes = api_routes(
        ready=lambda: (True, ""),
        snapshot=dict,
        history=answered,
    )
    transport = httpx.ASGITransport(Starlette(routes=routes))
    return httpx.AsyncClient(transport=transport, base_url="http://ops.example")


def filled(*ages: float) -> History:
    """A history whose p95 was, so many seconds ago, that many milliseconds."""
    history = History()
    for age in ages:
        assert history.store.add(KEY, NOW - age, age)
    return history


async def asked(history: History, *params: tuple[str, str]) -> httpx.Response:
    return await client(history).get("/api/history", params=list(params))


@pytest.mark.parametrize(("span", "seconds"), SPANS.items())
async def test_each_range_is_answered_with_its_length_and_step(span: str, seconds: int) -> None:
    answer = await asked(filled(10), ("range", span), ("keys", KEY))
    body = answer.json()
    assert answer.status_code == 200
    assert (body["range"], body["seconds"], body["at"]) == (span, seconds, NOW)
    assert body["step"] * 120 >= seconds
    [[at, *values]] = body["series"][KEY]["points"]
    assert at <= NOW - 10 < at + body["step"]
    assert values == [10, 10, 10, 10]


@pytest.mark.parametrize("span", ["", "1H", "2h", "1h ", "24", "null", "7d,1h"])
async def test_a_range_that_is_none_is_refused_with_the_choice(span: str) -> None:
    answer = await asked(filled(10), ("range", span), ("keys", KEY))
    assert (answer.status_code, answer.json()) == (400, {"error": "range must be one of 1h, 6h, 24h, 7d."})


async def test_a_request_without_a_range_is_refused() -> None:
    assert (await asked(filled(10), ("keys", KEY))).status_code == 400


@pytest.mark.parametrize("count", [0, MOST_KEYS + 1, 5 * MOST_KEYS])
async def test_too_few_or_too_many_keys_are_refused(count: int) -> None:
    answer = await asked(filled(10), ("range", "1h"), *[("keys", f"key-{n}") for n in range(count)])
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": f"keys must be given 1 to {MOST_KEYS} times."},
    )


async def test_as_many_keys_as_are_allowed_are_answered() -> None:
    answer = await asked(filled(10), ("range", "1h"), *[("keys", f"key-{n}") for n in range(MOST_KEYS)])
    assert len(answer.json()["series"]) == MOST_KEYS


@pytest.mark.parametrize("key", ["nothing", "", "x" * 5_000, "\n", "../../etc/passwd", "performance.P95"])
async def test_an_unknown_key_has_no_points_and_takes_none_from_its_neighbour(key: str) -> None:
    answer = await asked(filled(10), ("range", "1h"), ("keys", key), ("keys", KEY))
    assert answer.json()["series"][key] == {"since": None, "points": [], "previous": None}
    assert len(answer.json()["series"][KEY]["points"]) == 1


async def test_a_key_given_twice_is_answered_once() -> None:
    answer = await asked(filled(10), ("range", "1h"), ("keys", KEY), ("keys", KEY))
    assert list(answer.json()["series"]) == [KEY]


async def test_the_period_before_is_given_only_to_who_asks_for_it() -> None:
    history = filled(3_600 + 900, 900)
    for previous in ("0", "true", ""):
        answer = await asked(history, ("range", "1h"), ("keys", KEY), ("previous", previous))
        assert answer.json()["series"][KEY]["previous"] is None
    body = (await asked(history, ("range", "1h"), ("keys", KEY), ("previous", "1"))).json()
    [now], [before] = body["series"][KEY]["points"], body["series"][KEY]["previous"]
    assert (now[1], before[1]) == (900, 4_500)
    assert before[0] + body["seconds"] == now[0], "laid over the present it stands where it belongs"


async def test_of_a_week_there_is_no_period_before() -> None:
    answer = await asked(filled(900), ("range", "7d"), ("keys", KEY), ("previous", "1"))
    assert answer.json()["series"][KEY]["previous"] == []


async def test_a_time_without_data_is_one_null() -> None:
    history = filled(*range(3_000, 2_000, -30), *range(900, 0, -30))
    points = (await asked(history, ("range", "1h"), ("keys", KEY))).json()["series"][KEY]["points"]
    assert points.count(None) == 1
    gap = points.index(None)
    assert points[gap + 1][0] - points[gap - 1][0] > 1_000


async def test_as_a_file_it_has_a_row_for_each_time_and_a_column_for_each_series() -> None:
    history = filled(40, 10)
    assert history.store.add("=odd", NOW - 10, 7)
    params = [("range", "1h"), ("keys", KEY), ("keys", "=odd"), ("keys", "unknown"), ("format", "csv")]
    answer = await asked(history, *params)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="history-1h-')
    heading, *rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert heading == ["Time (UTC)", KEY, "'=odd", "unknown"]
    assert [row[1:] for row in rows] == [["40.0", "", ""], ["10.0", "7.0", ""]]
    assert rows[0][0] < rows[1][0]


async def test_the_period_before_has_columns_of_its_own_in_a_file() -> None:
    params = [("range", "1h"), ("keys", KEY), ("previous", "1"), ("format", "csv")]
    heading, *_ = csv.reader(
        (await asked(filled(3_700, 10), *params)).content.decode("utf-8-sig").splitlines()
    )
    assert heading == ["Time (UTC)", KEY, f"{KEY} before"]


async def test_a_format_that_is_none_is_refused_with_the_choice() -> None:
    answer = await asked(filled(10), ("range", "1h"), ("keys", KEY), ("format", "xls"))
    assert (answer.status_code, answer.json()) == (400, {"error": "format must be one of json, csv."})
