"""Maps and lists of the contract, read entry by entry: a bad entry never loses its neighbours."""

from collections.abc import Callable, Iterable, Iterator, Sized
from itertools import islice
from typing import Any, TypeVar

from pydantic import ValidationError, ValidationInfo

from ops_dashboard.domain.bounds import MOST_ENTRIES, MOST_LATEST, MOST_WARNINGS
from ops_dashboard.domain.metrics.fields import Report, Surprises, surprise
from ops_dashboard.domain.text import NAME_LENGTH, clean

R = TypeVar("R", bound=Report)
T = TypeVar("T")


class Entries(list[T]):
    """The entries read of a list. ``total`` is how many it had: more, where it was too long to read."""

    def __init__(self, read: Iterable[T], total: int) -> None:
        super().__init__(read)
        self.total = total


class NamedEntries(dict[str, T]):
    """The entries read of a map. ``total`` is how many it had: more, where it was too long to read."""

    def __init__(self, read: Iterable[tuple[str, T]], total: int) -> None:
        super().__init__(read)
        self.total = total


def total_of(collection: Sized) -> int:
    """How many entries the backend told of, those that were not read too."""
    return collection.total if isinstance(collection, Entries | NamedEntries) else len(collection)


def is_whole(collection: Sized) -> bool:
    """Whether every entry was read, so that sums and shares can be taken over them."""
    return total_of(collection) == len(collection)


def map_of(
    model: type[R], word_field: str | None = None, *, words: bool = False, most: int = MOST_ENTRIES
) -> Callable[[object, ValidationInfo], Any]:
    """A validator for ``{name: entry}``. A bare word or number is taken for the entry's ``word_field``.

    That is a surprise, unless ``words`` says that bare ones are the rule. This validator takes the place of
    pydantic's own, which would read every entry a second time.
    """

    def read(value: object, info: ValidationInfo) -> NamedEntries[R] | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            surprise(info, "an object", value)
            return None
        return NamedEntries(_entries(value, model, word_field, info, words, most), len(value))

    return read


def list_of(model: type[R], most: int = MOST_ENTRIES) -> Callable[[object, ValidationInfo], Any]:
    """A validator for a list of objects. What is no object stays as an empty entry: it was there, and counts."""

    def read(value: object, info: ValidationInfo) -> Entries[R] | None:
        if value is None:
            return None
        if not isinstance(value, list):
            surprise(info, "a list", value)
            return None
        _note_length(len(value), most, info)
        return Entries((_read(entry, model, info) for entry in value[:most]), len(value))

    return read


def latest_of(
    model: type[R], told_at: Callable[[R], float | None], *, newest_last: bool
) -> Callable[[object, ValidationInfo], Any]:
    """As :func:`list_of`, for a history: of one that is too long the newest end is read.

    Its first and its last entry tell which end that is; where they tell no time, ``newest_last`` does.
    """
    whole = list_of(model)

    def read(value: object, info: ValidationInfo) -> Entries[R] | None:
        if not isinstance(value, list) or len(value) <= MOST_LATEST:
            return whole(value, info)
        first, last = (told_at(_read(entry, model, info)) for entry in (value[0], value[-1]))
        at_the_end = newest_last if first is None or last is None else first < last
        newest = value[-MOST_LATEST:] if at_the_end else value[:MOST_LATEST]
        _note_length(len(value), MOST_LATEST, info)
        return Entries((_read(entry, model, info) for entry in newest), len(value))

    return read


def messages(value: object, info: ValidationInfo) -> Entries[str] | None:
    """A validator for sentences of the backend: a list of texts, or of objects with a ``message``; or one text."""
    if value is None:
        return None
    given = value if isinstance(value, list) else [value]
    said = [entry.get("message") if isinstance(entry, dict) else entry for entry in given[:MOST_WARNINGS]]
    found = [clean(entry) for entry in said if isinstance(entry, str)]
    for odd in (entry for entry in said if not isinstance(entry, str)):
        surprise(info, "a text", odd)
    told = [sentence for sentence in found if sentence]
    return Entries(told, len(told) + max(0, len(given) - MOST_WARNINGS))


def _entries(
    value: dict[str, object],
    model: type[R],
    word_field: str | None,
    info: ValidationInfo,
    words: bool,
    most: int,
) -> Iterator[tuple[str, R]]:
    _note_length(len(value), most, info)
    taken: dict[str, int] = {}
    for raw, content in islice(value.items(), most):
        name = unique = clean(raw, NAME_LENGTH) or "(no name)"
        while unique in taken:  # two long names may be cut to the same text
            taken[name] += 1
            number = f" #{taken[name]}"
            unique = name[: NAME_LENGTH - len(number)] + number
        taken[unique] = 1
        if words and word_field and not isinstance(content, dict | list):
            content = {word_field: content}
        yield unique, _read(content, model, info, word_field)


def _read(content: object, model: type[R], info: ValidationInfo, word_field: str | None = None) -> R:
    if not isinstance(content, dict):
        surprise(info, "an object", content)
        if word_field is None:
            return model()
        content = {word_field: content}
    try:
        return model.model_validate(content, context=info.context)
    except ValidationError:
        # Field types above never raise; this is for what they cannot foresee.
        if isinstance(info.context, Surprises):
            info.context.note(f"{info.field_name}: an entry that cannot be read")
        return model()


def _note_length(length: int, most: int, info: ValidationInfo) -> None:
    if length > most and isinstance(info.context, Surprises):
        info.context.note(f"{info.field_name}: {length:,} entries, {most:,} of them are read")
