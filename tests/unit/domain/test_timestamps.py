from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.timestamps import unix_seconds

NOON = 1795435200.0  # 2026-11-23T12:00:00Z


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-23T12:00:00Z",
        "2026-11-23T12:00:00",
        "2026-11-23 12:00:00",
        "2026-11-23T12:00:00.000000",
        "2026-11-23T13:00:00+01:00",
        "20261123T120000Z",
        " 2026-11-23T12:00:00+00:00 ",
        1795435200,
        1795435200.0,
    ],
)
def test_every_kind_of_timestamp_is_the_same_moment(value: object):
    assert unix_seconds(value) == NOON


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59-23:59",
        0,
        -1,
        1795435200000,
        True,
        None,
        [],
        {},
        float("nan"),
        float("inf"),
        10**400,
    ],
)
def test_what_is_no_moment_is_none(value: object):
    assert unix_seconds(value) is None


@given(st.datetimes(min_value=datetime(2000, 1, 2), max_value=datetime(2099, 12, 30)))
def test_a_time_without_offset_is_utc(moment: datetime):
    assert unix_seconds(moment.isoformat()) == unix_seconds(moment.isoformat() + "Z")


@given(st.text())
def test_no_text_raises(text: str):
    unix_seconds(text)
