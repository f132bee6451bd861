"""The runs that generated sparse embeddings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "embedding_run",
        sa.Column("backend", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("began_at", sa.Double(), nullable=False),
        sa.Column("batch_size", sa.Integer()),
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Double()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("processed", sa.Double()),
        sa.Column("total", sa.Double()),
        sa.Column("estimate", sa.Double()),
        sa.PrimaryKeyConstraint("backend", "number", name=op.f("pk_embedding_run")),
    )
