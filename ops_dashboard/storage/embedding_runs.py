"""The runs that generated sparse embeddings, of each backend."""

import logging
from typing import Any, get_args

from sqlalchemy import delete, select

from ops_dashboard.domain.actions import Ending, RunState
from ops_dashboard.domain.embeddings.run import EmbeddingRun
from ops_dashboard.storage.bounds import bounded_text
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.tables import EmbeddingRunRecord
from ops_dashboard.storage.unbroken import unbroken

KEPT_RUNS = 1_000
"""Of each backend; the oldest beyond are deleted."""
_STATES = get_args(RunState)
_log = logging.getLogger(__name__)


class EmbeddingRunStore:
    """Runs by the number that names them. A run may be saved as often as it changes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def save(self, backend: str, run: EmbeddingRun) -> None:
        """Keep ``run`` as it is now; when this returns it outlasts a power cut.

        Raises:
            StorageError: it could not be written.
        """
        new = _columns(run)
        statement = self._database.insert(EmbeddingRunRecord).values(
            backend=backend, number=run.number, **new
        )
        of_backend = EmbeddingRunRecord.backend == backend
        surplus = (
            select(EmbeddingRunRecord.number)
            .where(of_backend)
            .order_by(EmbeddingRunRecord.number.desc())
            .offset(KEPT_RUNS)
        )
        async with self._database.writing() as session:
            await session.execute(
                statement.on_conflict_do_update(
                    index_elements=[EmbeddingRunRecord.backend, EmbeddingRunRecord.number], set_=new
                )
            )
            await session.execute(
                delete(EmbeddingRunRecord)
                .where(of_backend, EmbeddingRunRecord.number.in_(surplus))
                .execution_options(synchronize_session=False)
            )

    @unbroken
    async def newest(self, backend: str, most: int) -> tuple[EmbeddingRun, ...]:
        """The ``most`` newest runs, the newest first; one that cannot be read is left out, and logged.

        Raises:
            StorageError: the database could not be read.
        """
        async with self._database.reading() as session:
            records = await session.scalars(
                select(EmbeddingRunRecord)
                .where(EmbeddingRunRecord.backend == backend)
                .order_by(EmbeddingRunRecord.number.desc())
                .limit(most)
            )
            return tuple(run for run in map(_run, records) if run is not None)


def _columns(run: EmbeddingRun) -> dict[str, Any]:
    return {
        "by": bounded_text(run.by),
        "began_at": run.began_at,
        "batch_size": run.batch_size,
        "job_id": run.job_id,
        "ended_at": run.ended_at or None,
        "state": run.state,
        "sentence": bounded_text(run.ending.sentence),
        "advice": bounded_text(run.ending.advice),
        "processed": run.processed,
        "total": run.total,
        "estimate": run.estimate,
    }


def _run(record: EmbeddingRunRecord) -> EmbeddingRun | None:
    if record.state not in _STATES:
        _log.error("event=embedding-run-damaged number=%d state=%r", record.number, record.state)
        return None
    return EmbeddingRun(
        number=record.number,
        by=record.by,
        began_at=record.began_at,
        batch_size=record.batch_size,
        job_id=record.job_id,
        ended_at=record.ended_at or 0.0,
        ending=Ending(record.state, record.sentence, record.advice),  # type: ignore[arg-type]
        processed=record.processed,
        total=record.total,
        estimate=record.estimate,
    )
