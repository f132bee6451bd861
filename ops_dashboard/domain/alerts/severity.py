"""How much an alert matters."""

from enum import StrEnum


class Severity(StrEnum):
    """``info`` is worth a look and never interrupts; ``warning`` and ``critical`` do."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def word(self) -> str:
        """The word shown beside the icon."""
        return self.value.capitalize()

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _WORST_FIRST.index(self)

    def worse_than(self, other: "Severity | None") -> bool:
        """Whether this is worse; anything is worse than nothing."""
        return other is None or self.rank < other.rank


_WORST_FIRST = (Severity.CRITICAL, Severity.WARNING, Severity.INFO)
