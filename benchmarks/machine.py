"""What it was measured on."""

import os
import platform
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")


def describe() -> str:
    """Processor, cores, system and Python, in one line."""
    cores = os.cpu_count() or 1
    system = f"{platform.system()} {platform.machine()}"
    python = platform.python_version()
    return f"{_processor()}, {cores} cores, {system}; Python {python}"


def load_average() -> float:
    """Processes that wanted to run, on average over the last minute: how busy the machine was besides."""
    return os.getloadavg()[0]


def _processor() -> str:
    if _CPUINFO.is_file():
        for line in _CPUINFO.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
