"""The tables as they are now; `migrations` holds how they came to be. All moments are unix seconds."""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Dialect,
    Double,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.domain.status import Status

_ID = BigInteger().with_variant(Integer(), "sqlite")  # there only an INTEGER counts up by itself
_BEYOND = 1e15
_OPEN = text("resolved_at IS NULL")


class _Word(TypeDecorator[Any]):
    """A word of an enumeration; None is read where another stands, as in a damaged file."""

    impl = Enum
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """What makes a member of what the driver hands over."""
        member = super().result_processor(dialect, coltype)

        def read(value: Any) -> Any:
            try:
                return member(value) if member else value
            except LookupError:
                return None

        return read


class _Number(TypeDecorator[float]):
    """A finite number; None is read where something else stands, as in a damaged file."""

    impl = Double
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> float | None:  # noqa: ARG002 - the parent's
        """``value`` if it is a finite number that can be a moment, a length of time or an amount."""
        return value if isinstance(value, int | float) and abs(value) < _BEYOND else None


def _word(words: type[StrEnum], name: str) -> _Word:
    """A column of words, which the database checks; ``name`` is that of the constraint."""
    return _Word(
        words,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """All tables. Constraints have names, so that migrations can change them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class SeriesArchiveRow(Base):
    """The newest saved series of one backend; ``version`` tells how ``data`` is packed."""

    __tablename__ = "series_archive"

    backend: Mapped[str] = mapped_column(Text, primary_key=True)
    saved_at: Mapped[float] = mapped_column(_Number)
    version: Mapped[int] = mapped_column(SmallInteger)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class AlertStateRecord(Base):
    """What is remembered of one alert, as JSON; ``version`` is its checksum."""

    __tablename__ = "alert_state"

    backend: Mapped[str] = mapped_column(Text, primary_key=True)
    rule_id: Mapped[str] = mapped_column(Text, primary_key=True)
    target: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(Text)


class IncidentRecord(Base):
    """One incident; at most one of a rule and target is open. An id is never given twice.

    The peak is a number or a status. ``search`` holds all that a search looks through, case-folded.
    """

    __tablename__ = "incident"
    __table_args__ = (
        Index(
            "ix_incident_open",
            *("backend", "rule_id", "target"),
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_incident_newest", "backend", "opened_at", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_ID, primary_key=True)
    backend: Mapped[str] = mapped_column(Text)
    rule_id: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    severity: Mapped[Severity] = mapped_column(_word(Severity, "severity"))
    worst: Mapped[Severity] = mapped_column(_word(Severity, "worst"))
    opened_at: Mapped[float] = mapped_column(_Number)
    handled: Mapped[Handled] = mapped_column(_word(Handled, "handled"))
    acknowledged_at: Mapped[float | None] = mapped_column(_Number)
    acknowledged_by: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    resolved_at: Mapped[float | None] = mapped_column(_Number)
    duration: Mapped[float | None] = mapped_column(_Number)
    peak: Mapped[float | None] = mapped_column(_Number)
    peak_status: Mapped[Status | None] = mapped_column(_word(Status, "peak_status"))
    search: Mapped[str] = mapped_column(Text)


class TransitionRecord(Base):
    """One event of an incident; the order is that of the ids, whatever the clock did. Gone with its incident."""

    __tablename__ = "transition"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(_ID, primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id", ondelete="CASCADE"), index=True)
    at: Mapped[float] = mapped_column(_Number)
    kind: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    severity: Mapped[Severity] = mapped_column(_word(Severity, "severity"))
    text: Mapped[str] = mapped_column(Text)
    until: Mapped[float] = mapped_column(_Number)

    incident: Mapped[IncidentRecord] = relationship()


class AuditRecord(Base):
    """One action: who did what to what, and what came of it. An id is never given twice."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_newest", "backend", "at", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(_ID, primary_key=True)
    backend: Mapped[str] = mapped_column(Text)
    at: Mapped[float] = mapped_column(_Number)
    by: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    sentence: Mapped[str] = mapped_column(Text)


class EmbeddingRunRecord(Base):
    """One run that generates sparse embeddings; ``number`` is its name. Amounts are resources."""

    __tablename__ = "embedding_run"

    backend: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    by: Mapped[str] = mapped_column(Text)
    began_at: Mapped[float] = mapped_column(_Number)
    batch_size: Mapped[int | None] = mapped_column(Integer)
    job_id: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[float | None] = mapped_column(_Number)
    state: Mapped[str] = mapped_column(Text)
    sentence: Mapped[str] = mapped_column(Text)
    advice: Mapped[str] = mapped_column(Text)
    processed: Mapped[float | None] = mapped_column(_Number)
    total: Mapped[float | None] = mapped_column(_Number)
    estimate: Mapped[float | None] = mapped_column(_Number)


class PreferenceRecord(Base):
    """What is changed of one rule, ``{field: value}`` as JSON."""

    __tablename__ = "preference"

    backend: Mapped[str] = mapped_column(Text, primary_key=True)
    rule_id: Mapped[str] = mapped_column(Text, primary_key=True)
    fields: Mapped[str] = mapped_column(Text)


class PreferenceChangeRecord(Base):
    """Who changed what of a rule, and when; ``fields`` is NULL where it was set back to its defaults."""

    __tablename__ = "preference_change"

    id: Mapped[int] = mapped_column(_ID, primary_key=True)
    backend: Mapped[str] = mapped_column(Text)
    rule_id: Mapped[str] = mapped_column(Text)
    at: Mapped[float] = mapped_column(_Number)
    by: Mapped[str] = mapped_column(Text)
    fields: Mapped[str | None] = mapped_column(Text)
