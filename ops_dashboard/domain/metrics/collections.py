"""Maps and lists of the contract, read entry by entry: a bad entry never loses its neighbours."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from pydantic import ValidationError, ValidationInfo

from ops_dashboard.domain.metrics.fields import Report, Surprises, surprise
from ops_dashboard.domain.text import NAME_LENGTH, clean

LONGEST = 20_000
"""Entries kept of one map or list; the rest is dropped and counted as a surprise."""

R = TypeVar("R", bound=Report)


def map_of(model: type[R], word_field: str | None = None) -> Callable[[object, ValidationInfo], object]:
    """A validator for ``{name: entry}``. A bare word or number is taken for the entry's ``word_field``."""

    def read(value: object, info: ValidationInfo) -> object:
        if value is None:
            return None
        if not isinstance(value, dict):
            surprise(info, "an object", value)
            return None
        return dict(_entries(value, model, word_field, info))

    return read


def list_of(model: type[R]) -> Callable[[object, ValidationInfo], object]:
    """A validator for a list of objects. What is no object stays as an empty entry: it was there, and counts."""

    def read(value: object, info: ValidationInfo) -> object:
        if value is None:
            return None
        if not isinstance(value, list):
            surprise(info, "a list", value)
            return None
        _note_length(value, info)
        return [_entry(entry, model, None, info) or model() for entry in value[:LONGEST]]

    return read


MOST_MESSAGES = 20


def messages(value: object, info: ValidationInfo) -> object:
    """A validator for sentences of the backend: a list of texts, or of objects with a ``message``; or one text."""
    if value is None:
        return None
    if not isinstance(value, list):
        value = [value]
    said = [entry.get("message") if isinstance(entry, dict) else entry for entry in value]
    found = [clean(entry) for entry in said if isinstance(entry, str)]
    for odd in (entry for entry in said if not isinstance(entry, str)):
        surprise(info, "a text", odd)
    return [sentence for sentence in found if sentence][:MOST_MESSAGES]


def _entries(
    value: dict[str, object], model: type[R], word_field: str | None, info: ValidationInfo
) -> Iterator[tuple[str, R]]:
    _note_length(value, info)
    taken: dict[str, int] = {}
    for raw, content in list(value.items())[:LONGEST]:
        name = unique = clean(raw, NAME_LENGTH) or "(no name)"
        while unique in taken:  # two long names may be cut to the same text
            taken[name] += 1
            unique = f"{name} #{taken[name]}"
        taken[unique] = 1
        yield unique, _entry(content, model, word_field, info) or model()


def _entry(content: object, model: type[R], word_field: str | None, info: ValidationInfo) -> R | None:
    if not isinstance(content, dict):
        surprise(info, "an object", content)
        if word_field is None:
            return None
        content = {word_field: content}
    try:
        return model.model_validate(content, context=info.context)
    except ValidationError:
        # Field types above never raise; this is for what they cannot foresee.
        if isinstance(info.context, Surprises):
            info.context.note(f"{info.field_name}: an entry that cannot be read")
        return None


def _note_length(value: dict[str, object] | list[object], info: ValidationInfo) -> None:
    if len(value) > LONGEST and isinstance(info.context, Surprises):
        info.context.note(f"{info.field_name}: {len(value):,} entries, the first {LONGEST:,} are read")
