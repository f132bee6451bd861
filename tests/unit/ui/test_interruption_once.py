"""Of several tabs of one browser, one makes the noise: with locks, and without where there are none."""

import pytest

from tests.unit.ui.node import STORAGE, run

LOCKS = """
const held = new Set();
const locks = {
  async request(name, options, use) {
    if (held.has(name)) return use(null);
    held.add(name);
    try { return await use({ name }) } finally { held.delete(name) }
  },
};
const late = { getItem: () => null, setItem() {} }; // what others write has not arrived yet
"""
AT = "{ id: 4, at: 110 }"


def _may(body: str) -> object:
    return run("ops_once.js", f"{STORAGE}{LOCKS} return {body}")


@pytest.mark.parametrize("means", ["storage, locks", "storage, undefined", "late, locks"])
def test_of_tabs_that_ask_at_once_one_may(means: str):
    # The default for a missing argument would be this Node's own locks.
    given = means.replace("undefined", "null")
    answers = _may(f"Promise.all([1, 2, 3].map(() => m.mayInterrupt({AT}, {given})))")
    assert isinstance(answers, list)
    assert sorted(answers) == [False, False, True]


@pytest.mark.parametrize("locks", ["locks", "null"])
def test_a_tab_that_comes_late_may_not_and_the_next_interruption_is_free(locks: str):
    body = (
        f"[await m.mayInterrupt({AT}, storage, {locks}), await m.mayInterrupt({AT}, storage, {locks}),"
        f" await m.mayInterrupt({{ id: 3, at: 109 }}, storage, {locks}),"
        f" await m.mayInterrupt({{ id: 5, at: 111 }}, storage, {locks})]"
    )
    assert _may(body) == [True, False, False, True]


@pytest.mark.parametrize("locks", ["locks", "null"])
def test_a_damaged_note_stops_nobody(locks: str):
    body = f"(storage.kept['ops.interruption.taken'] = '{{', m.mayInterrupt({AT}, storage, {locks}))"
    assert _may(body) is True
