"""Alerts: their states, incidents with every transition, and what people changed of the rules."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SEVERITIES = "('info', 'warning', 'critical')"
_HANDLED = "('new', 'acknowledged', 'snoozed', 'dismissed')"
_STATUSES = "('healthy', 'degraded', 'down', 'unknown', 'not_applicable')"
_OPEN = sa.text("resolved_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "alert_state",
        sa.Column("backend", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("backend", "rule_id", "target", name=op.f("pk_alert_state")),
    )
    _incidents()
    _transitions()
    _preferences()


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("id", _id(), nullable=False),
        sa.Column("backend", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("worst", sa.String(16), nullable=False),
        sa.Column("opened_at", sa.Double(), nullable=False),
        sa.Column("handled", sa.String(16), nullable=False),
        sa.Column("acknowledged_at", sa.Double()),
        sa.Column("acknowledged_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("resolved_at", sa.Double()),
        sa.Column("duration", sa.Double()),
        sa.Column("peak", sa.Double()),
        sa.Column("peak_status", sa.String(16)),
        sa.Column("search", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.CheckConstraint(f"severity IN {_SEVERITIES}", name=op.f("ck_incident_severity")),
        sa.CheckConstraint(f"worst IN {_SEVERITIES}", name=op.f("ck_incident_worst")),
        sa.CheckConstraint(f"handled IN {_HANDLED}", name=op.f("ck_incident_handled")),
        sa.CheckConstraint(f"peak_status IN {_STATUSES}", name=op.f("ck_incident_peak_status")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_incident_open",
        "incident",
        ["backend", "rule_id", "target"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_incident_newest", "incident", ["backend", "opened_at", "id"])


def _transitions() -> None:
    op.create_table(
        "transition",
        sa.Column("id", _id(), nullable=False),
        sa.Column("incident_id", _id(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition")),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incident.id"],
            name=op.f("fk_transition_incident_id_incident"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(f"severity IN {_SEVERITIES}", name=op.f("ck_transition_severity")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_transition_incident_id"), "transition", ["incident_id"])


def _preferences() -> None:
    op.create_table(
        "preference",
        sa.Column("backend", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("backend", "rule_id", name=op.f("pk_preference")),
    )
    op.create_table(
        "preference_change",
        sa.Column("id", _id(), nullable=False),
        sa.Column("backend", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference_change")),
    )


def _id() -> sa.BigInteger:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
