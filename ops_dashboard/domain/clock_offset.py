"""How far the backend's clock is from ours: its own times are shown by ours, once the two are clearly apart."""

from collections import deque
from statistics import median

NOTICED_SECONDS = 5.0
"""Less than this is the ordinary inexactness of an estimate from single answers."""
STEP_SECONDS = 2.0
"""The estimate in use moves only by more than this, so that moments do not jitter from one reading to the next."""
_ANSWERS = 9


class ClockOffset:
    """The estimate, from the last answers; a single one may have been held up on the way, or have been stored."""

    def __init__(self) -> None:
        self._answers: deque[float] = deque(maxlen=_ANSWERS)
        self.ahead = 0.0
        """Seconds that the backend's clock is ahead of ours, negative if behind; 0 while that is nothing of note."""

    def add(self, ahead: float) -> None:
        """Take in what one answer showed, in seconds."""
        self._answers.append(ahead)
        estimate = median(self._answers)
        if abs(estimate) < NOTICED_SECONDS - (STEP_SECONDS if self.ahead else 0.0):
            self.ahead = 0.0
        elif abs(estimate - self.ahead) > STEP_SECONDS:
            self.ahead = float(round(estimate))
