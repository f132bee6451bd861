"""Seeded randomness as a pure function: the same seed, key and moment always give the same number."""

import math
from zlib import crc32

_MASK = (1 << 64) - 1
_OCTAVES = ((10_800.0, 0.42), (1_500.0, 0.24), (240.0, 0.18), (40.0, 0.16))
"""(period in seconds, weight): a slow drift with smaller and quicker waves upon it; the weights sum to 1."""


class Noise:
    """Random draws and smooth random curves that need no state and no order of calls."""

    def __init__(self, seed: int) -> None:
        self._seed = seed & _MASK
        self._bases: dict[str, int] = {}

    def uniform(self, key: str, index: int) -> float:
        """The ``index``-th draw of the stream named ``key``: evenly spread over [0, 1)."""
        return _mix(self._base(key) + index * 0x9E3779B97F4A7C15) / 2.0**64

    def between(self, key: str, index: int, low: float, high: float) -> float:
        """A draw evenly spread over [low, high)."""
        return low + (high - low) * self.uniform(key, index)

    def wander(self, key: str, t: float) -> float:
        """A smooth curve over time (unix seconds) within [-1, 1]; it has no jumps and no white jitter."""
        return sum(weight * self._wave(f"{key}/{period}", t / period) for period, weight in _OCTAVES)

    def _wave(self, key: str, x: float) -> float:
        left = math.floor(x)
        part = x - left
        ease = part * part * (3.0 - 2.0 * part)
        a, b = self.uniform(key, left), self.uniform(key, left + 1)
        return 2.0 * (a + (b - a) * ease) - 1.0

    def _base(self, key: str) -> int:
        base = self._bases.get(key)
        if base is None:
            base = self._bases[key] = _mix(self._seed ^ (crc32(key.encode()) << 32))
        return base


def _mix(x: int) -> int:
    """The finaliser of SplitMix64: turns consecutive integers into well spread 64-bit ones."""
    x &= _MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return x ^ (x >> 31)
