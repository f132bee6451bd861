import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.series.archive import VERSION
from ops_dashboard.domain.series.points import SPANS
from ops_dashboard.domain.series.store import Store
from tests.unit.domain.series.past import KEY, NOON, filled, hours

SMALL = filled(hours(0.1)).dump()


def test_a_restart_loses_nothing():
    store = filled(hours(30))
    store.add("modules.search.response_time_ms – ü", NOON, -0.5, step=300)
    restored = Store()
    restored.load(store.dump())
    assert list(restored) == ["modules.search.response_time_ms – ü", KEY]
    for key in store:
        assert restored.known_since(key) == store.known_since(key)
        for span in SPANS:
            assert restored.window(key, span, NOON) == store.window(key, span, NOON)
            assert restored.previous(key, span, NOON) == store.previous(key, span, NOON)


def test_a_restored_store_goes_on_as_if_nothing_had_happened():
    store, restored = filled(hours(8)), Store()
    restored.load(store.dump())
    for at in range(NOON, NOON + 7_200, 30):
        for both in (store, restored):
            both.add(KEY, at, at % 77)
    assert restored.dump() == store.dump()


def test_an_empty_store_is_restored_too():
    store = filled(hours(0.1))
    store.load(Store().dump())
    assert len(store) == 0


def test_a_smaller_store_takes_over_the_most_recent_series():
    store = Store()
    for number in range(5):
        store.add(f"key {number}", NOON + 60 * number, 1.0)
    small = Store(most=2)
    small.load(store.dump())
    assert set(small) == {"key 3", "key 4"}


@given(st.integers(0, len(SMALL) - 1), st.integers(1, 255))
def test_a_damaged_dump_is_refused_and_nothing_taken_over(place: int, change: int):
    damaged = bytearray(SMALL)
    damaged[place] ^= change
    store = Store()
    with pytest.raises(ValueError, match="saved series"):
        store.load(bytes(damaged))
    assert len(store) == 0


@given(st.integers(0, len(SMALL) - 1))
def test_a_dump_cut_short_is_refused(length: int):
    with pytest.raises(ValueError, match="saved series"):
        Store().load(SMALL[:length])


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(data: bytes):
    with pytest.raises(ValueError, match="saved series"):
        Store().load(data)


def test_another_version_is_named():
    other = SMALL.replace(struct.pack("<H", VERSION), struct.pack("<H", 9), 1)
    with pytest.raises(ValueError, match="version 9, not 1"):
        Store().load(other)


def test_a_week_of_a_series_is_compact():
    assert len(filled(hours(168)).dump()) < 28_000


def test_a_dump_that_tells_no_paces_is_read():
    store = filled(hours(2))
    dump = store.dump()
    (length,) = struct.unpack_from("<I", dump, 16)
    head = json.loads(dump[20 : 20 + length])
    text = json.dumps([entry[:4] for entry in head]).encode()
    body = struct.pack("<I", len(text)) + text + dump[20 + length :]
    restored = Store()
    restored.load(dump[:12] + struct.pack("<I", zlib.crc32(body)) + body)
    assert restored.window(KEY, "1h", NOON) == store.window(KEY, "1h", NOON)
