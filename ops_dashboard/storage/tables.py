"""The tables as they are now; `migrations` holds how they came to be."""

from sqlalchemy import Double, LargeBinary, MetaData, SmallInteger, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


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
    """The newest saved series of one backend.

    ``saved_at`` is in unix seconds; ``version`` tells how ``data`` is packed.
    """

    __tablename__ = "series_archive"

    backend: Mapped[str] = mapped_column(Text, primary_key=True)
    saved_at: Mapped[float] = mapped_column(Double)
    version: Mapped[int] = mapped_column(SmallInteger)
    data: Mapped[bytes] = mapped_column(LargeBinary)
