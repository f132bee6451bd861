"""The states of alerts as rows, each written only over the version that was read last."""

import json
import secrets
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import State, from_dict, to_dict
from ops_dashboard.storage.bounds import LONGEST_TEXT, bounded_text
from ops_dashboard.storage.conflict import Conflict
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.tables import AlertStateRecord

_VERSION_BITS = 63


def packed(state: State) -> str:
    """``state`` as JSON in plain ASCII, so that it passes through every database unchanged."""
    return json.dumps(_bounded(to_dict(state)), separators=(",", ":"))


def unpacked(text: str, key: Key) -> State:
    """What :func:`packed` made.

    Raises:
        ValueError: it is damaged, or is about another alert than ``key``.
    """
    try:
        state = from_dict(json.loads(text))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if state.key != key:
        raise ValueError("it is about another alert")
    return state


async def compare(
    session: AsyncSession, backend: str, keys: Collection[Key], known: Mapping[Key, int]
) -> None:
    """See that the rows of ``keys`` are of the ``known`` versions; without one there must be no row.

    Raises:
        Conflict: some are not.
    """
    here = (
        AlertStateRecord.backend == backend,
        AlertStateRecord.rule_id.in_({key.rule_id for key in keys}),
        AlertStateRecord.target.in_({key.target for key in keys}),
    )
    row = AlertStateRecord
    rows = await session.execute(select(row.rule_id, row.target, row.version).where(*here))
    found = {Key(rule_id, target): version for rule_id, target, version in rows}
    changed = [key for key in keys if found.get(key) != known.get(key)]
    if changed:
        texts = await session.execute(select(row.rule_id, row.target, row.state).where(*here))
        stored = {Key(rule_id, target): text for rule_id, target, text in texts}
        raise Conflict({key: _truth(stored.get(key), key) for key in changed})


async def write(
    database: Database, session: AsyncSession, backend: str, states: Mapping[Key, State | None]
) -> dict[Key, int]:
    """Replace, add and, for None, delete rows; the new versions of those that are there."""
    versions = {key: secrets.randbits(_VERSION_BITS) for key, state in states.items() if state is not None}
    rows = [
        {**_place(backend, key), "version": versions[key], "state": packed(state)}
        for key, state in states.items()
        if state is not None
    ]
    gone = [
        {f"gone_{name}": value for name, value in _place(backend, key).items()}
        for key, state in states.items()
        if state is None
    ]
    connection = await session.connection()
    if rows:
        insert = database.insert(AlertStateRecord)
        update = {"version": insert.excluded.version, "state": insert.excluded.state}
        await connection.execute(
            insert.on_conflict_do_update(index_elements=["backend", "rule_id", "target"], set_=update), rows
        )
    if gone:
        await connection.execute(
            delete(AlertStateRecord).where(
                AlertStateRecord.backend == bindparam("gone_backend"),
                AlertStateRecord.rule_id == bindparam("gone_rule_id"),
                AlertStateRecord.target == bindparam("gone_target"),
            ),
            gone,
        )
    return versions


def _place(backend: str, key: Key) -> dict[str, str]:
    return {"backend": backend, "rule_id": key.rule_id, "target": key.target}


def _truth(text: str | None, key: Key) -> State | None:
    if text is None:
        return None
    try:
        return unpacked(text, key)
    except ValueError:
        return None  # loading tells that it is damaged


def _bounded(value: Any) -> Any:
    """No text of a state grows beyond bounds, whatever the backend says."""
    if isinstance(value, dict):
        return {name: _bounded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_bounded(one) for one in value]
    return bounded_text(value) if isinstance(value, str) and len(value) > LONGEST_TEXT else value
