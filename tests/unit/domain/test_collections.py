from typing import Annotated

from pydantic import BeforeValidator

from ops_dashboard.domain.metrics.collections import LONGEST, list_of, map_of
from ops_dashboard.domain.metrics.counts import Counts
from ops_dashboard.domain.metrics.fields import Amount, Report, Surprises, reported


class Entry(Report):
    n: Amount = reported("n")


class Holder(Report):
    by_name: Annotated[dict[str, Entry] | None, BeforeValidator(map_of(Entry, "n"))] = reported("by_name")
    listed: Annotated[list[Entry] | None, BeforeValidator(list_of(Entry))] = reported("listed")
    counts: Counts = reported("counts")


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
    assert all(len(name) < 90 for name in holder.by_name)


def test_names_that_look_alike_are_told_apart_however_many_there_are():
    holder, _ = read(by_name={"\u200b" * n: {"n": n} for n in range(3_000)} | {"(no name) #2": {"n": -1}})
    assert holder.by_name is not None and len(holder.by_name) == 3_001
    assert [entry.n for entry in holder.by_name.values()] == [*range(3_000), None]


def test_an_entry_that_is_no_object_stays_as_an_empty_one():
    holder, surprises = read(listed=[{"n": 1}, "x", None])
    assert holder.listed is not None and [e.n for e in holder.listed] == [1, None, None]
    assert surprises.total == 2


def test_an_endless_list_is_cut_and_said():
    holder, surprises = read(listed=[{}] * (LONGEST + 1))
    assert holder.listed is not None and len(holder.listed) == LONGEST
    assert "the first 20,000 are read" in surprises.sentences()[0]


def test_a_count_that_cannot_be_read_stays_as_not_reported():
    holder, surprises = read(counts={"a": 3, "b": "x", "c": None, "d": -1})
    assert holder.counts == {"a": 3, "b": None, "c": None, "d": None} and surprises.total == 2
