from typing import Annotated

import pytest
from pydantic import PlainValidator

from ops_dashboard.domain.bounds import MOST_ENTRIES, MOST_LATEST
from ops_dashboard.domain.metrics.collections import is_whole, latest_of, list_of, map_of, messages, total_of
from ops_dashboard.domain.metrics.counts import Counts
from ops_dashboard.domain.metrics.fields import Amount, Report, Surprises, reported
from ops_dashboard.domain.text import NAME_LENGTH


class Entry(Report):
    n: Amount = reported("n")


_HISTORY = latest_of(Entry, lambda entry: entry.n, newest_last=True)


class Holder(Report):
    by_name: Annotated[dict[str, Entry] | None, PlainValidator(map_of(Entry, "n"))] = reported("by_name")
    listed: Annotated[list[Entry] | None, PlainValidator(list_of(Entry))] = reported("listed")
    counts: Counts = reported("counts")
    history: Annotated[list[Entry] | None, PlainValidator(_HISTORY)] = reported("history")
    said: Annotated[list[str] | None, PlainValidator(messages)] = reported("said")


def read(**body: object) -> tuple[Holder, Surprises]:
    surprises = Surprises()
    return Holder.model_validate(body, context=surprises), surprises


def test_a_bad_entry_keeps_its_neighbours():
    holder, surprises = read(by_name={"a": {"n": 1}, "b": [], "c": {"n": -1}})
    assert holder.by_name is not None
    assert [e.n for e in holder.by_name.values()] == [1, None, None]
    assert surprises.total == 3  # b is no object, nor a number; c is negative


def test_a_bare_value_is_taken_for_the_entry_and_counted():
    holder, surprises = read(by_name={"a": 5})
    assert holder.by_name == {"a": Entry.model_validate({"n": 5})} and surprises.total == 1


def test_empty_and_absent_differ():
    assert read(listed=[])[0].listed == []
    assert read()[0].listed is None


def test_a_list_where_an_object_belongs_is_not_reported():
    holder, surprises = read(by_name=["a"], listed={"a": 1}, counts=["x"])
    assert (holder.by_name, holder.listed, holder.counts) == (None, None, None)
    assert surprises.total == 3


def test_two_long_names_stay_two():
    holder, _ = read(by_name={"x" * 50_000 + "a": {"n": 1}, "x" * 50_000 + "b": {"n": 2}})
    assert holder.by_name is not None and len(holder.by_name) == 2
    assert all(len(name) <= NAME_LENGTH for name in holder.by_name)


def test_names_that_look_alike_are_told_apart_however_many_there_are():
    holder, _ = read(by_name={"\u200b" * n: {"n": n} for n in range(3_000)} | {"(no name) #2": {"n": -1}})
    assert holder.by_name is not None and len(holder.by_name) == 3_001
    assert [entry.n for entry in holder.by_name.values()] == [*range(3_000), None]


def test_an_entry_that_is_no_object_stays_as_an_empty_one():
    holder, surprises = read(listed=[{"n": 1}, "x", None])
    assert holder.listed is not None and [e.n for e in holder.listed] == [1, None, None]
    assert surprises.total == 2


def test_an_endless_list_is_cut_counted_and_said():
    holder, surprises = read(listed=[{}] * 100_000)
    assert holder.listed is not None and len(holder.listed) == MOST_ENTRIES
    assert total_of(holder.listed) == 100_000 and not is_whole(holder.listed)
    assert surprises.sentences() == ("listed: 100,000 entries, 5,000 of them are read",)


def test_an_endless_map_is_cut_counted_and_said():
    holder, surprises = read(by_name={str(n): {} for n in range(100_000)}, counts=dict.fromkeys("abc", 1))
    assert holder.by_name is not None and len(holder.by_name) == MOST_ENTRIES
    assert total_of(holder.by_name) == 100_000 and surprises.total == 1
    assert holder.counts is not None and is_whole(holder.counts)


@pytest.mark.parametrize(
    ("entries", "newest"),
    [
        ([{"n": n} for n in range(100_000)], 99_999),
        ([{"n": n} for n in range(99_999, -1, -1)], 99_999),
        ([{"n": "?"}, *({"n": n} for n in range(99_999))], 99_998),
    ],
    ids=["oldest first", "newest first", "no times at its ends"],
)
def test_of_a_history_that_is_too_long_the_newest_end_is_read(entries: list[object], newest: int):
    holder, _ = read(history=entries)
    assert holder.history is not None and len(holder.history) == MOST_LATEST
    assert max(entry.n or 0 for entry in holder.history) == newest
    assert total_of(holder.history) == 100_000


def test_of_endless_sentences_a_few_are_read_and_all_are_counted():
    holder, surprises = read(said=["disk full", {"message": "slow"}, 7, *["more"] * 99_997])
    assert holder.said is not None and holder.said[:3] == ["disk full", "slow", "more"]
    assert len(holder.said) < 20 and total_of(holder.said) == 99_999  # one of them is no sentence
    assert surprises.total == 1


def test_a_sentence_alone_is_a_list_of_one():
    assert read(said="disk full")[0].said == ["disk full"]


def test_a_count_that_cannot_be_read_stays_as_not_reported():
    holder, surprises = read(counts={"a": 3, "b": "x", "c": None, "d": -1})
    assert holder.counts == {"a": 3, "b": None, "c": None, "d": None} and surprises.total == 2
