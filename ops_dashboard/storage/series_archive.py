"""The saved series of each backend, so that a restart does not blank a chart."""

import asyncio
import zlib
from dataclasses import dataclass

from sqlalchemy import select

from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import DamagedRow
from ops_dashboard.storage.tables import SeriesArchiveRow

_ZLIB = 1
"""Version of the rows: data compressed by zlib, with its checksum."""
_FASTEST = 1


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved, and when (unix seconds)."""

    data: bytes
    saved_at: float


class SeriesArchive:
    """The newest save of each backend. Compression runs in a thread, for it takes up to half a second."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, backend: str, data: bytes, saved_at: float) -> None:
        """Keep ``data`` instead of what was saved before; when this returns it outlasts a power cut.

        Raises:
            StorageError: it could not be written; what was saved before is still there.
        """
        packed = await asyncio.to_thread(zlib.compress, data, _FASTEST)
        new = {"saved_at": saved_at, "version": _ZLIB, "data": packed}
        statement = self._database.insert(SeriesArchiveRow).values(backend=backend, **new)
        async with self._database.writing() as session:
            await session.execute(
                statement.on_conflict_do_update(index_elements=[SeriesArchiveRow.backend], set_=new)
            )

    async def load(self, backend: str) -> Saved | None:
        """What was saved last; None if nothing was.

        Raises:
            DamagedRow: what is stored cannot be read; the next save replaces it.
            StorageError: the database could not be read.
        """
        async with self._database.reading() as session:
            row = (
                await session.scalars(select(SeriesArchiveRow).where(SeriesArchiveRow.backend == backend))
            ).one_or_none()
        if row is None:
            return None
        if row.version != _ZLIB:
            raise self._damaged(backend, f"it is of version {row.version}, not {_ZLIB}")
        try:
            data = await asyncio.to_thread(zlib.decompress, row.data)
        except zlib.error as error:
            raise self._damaged(backend, str(error)) from error
        return Saved(data, row.saved_at)

    def _damaged(self, backend: str, why: str) -> DamagedRow:
        return DamagedRow(f"The history saved for {backend} in {self._database.place} cannot be read: {why}.")
