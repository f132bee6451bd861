"""The states of alerts as rows, each with a checksum."""

import json
import zlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, delete
from sqlalchemy.ext.asyncio import AsyncSession

from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import State, from_dict, to_dict
from ops_dashboard.storage.bounds import LONGEST_TEXT, bounded_text
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.tables import AlertStateRecord

_LARGEST_CHECKSUM = 2**32 - 1
"""A greater number is none: earlier versions of the dashboard put a random one of 63 bits in its place."""


def packed(state: State) -> str:
    """``state`` as JSON in plain ASCII, so that it passes through every database unchanged."""
    return json.dumps(_bounded(to_dict(state)), separators=(",", ":"))


def checksum(text: str) -> int:
    """By which a change of a :func:`packed` state is noticed that nobody made."""
    return zlib.crc32(text.encode())


def unpacked(text: str, key: Key, number: object) -> State:
    """What :func:`packed` made; ``number`` is its checksum.

    Raises:
        ValueError: it is damaged, or is about another alert than ``key``.
    """
    if not isinstance(text, str) or not isinstance(number, int):
        raise ValueError("it is of another kind")
    if number <= _LARGEST_CHECKSUM and number != checksum(text):
        raise ValueError("its checksum does not match")
    try:
        state = from_dict(json.loads(text))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if state.key != key:
        raise ValueError("it is about another alert")
    return state


async def write(
    database: Database, session: AsyncSession, backend: str, states: Mapping[Key, State | None]
) -> None:
    """Replace, add and, for None, delete rows."""
    texts = {key: packed(state) for key, state in states.items() if state is not None}
    rows = [{**_place(backend, key), "version": checksum(text), "state": text} for key, text in texts.items()]
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


def _place(backend: str, key: Key) -> dict[str, str]:
    return {"backend": backend, "rule_id": key.rule_id, "target": key.target}


def _bounded(value: Any) -> Any:
    """No text of a state grows beyond bounds, whatever the backend says."""
    if isinstance(value, dict):
        return {name: _bounded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_bounded(one) for one in value]
    return bounded_text(value) if isinstance(value, str) and len(value) > LONGEST_TEXT else value
