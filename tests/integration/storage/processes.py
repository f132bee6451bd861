"""Processes of the tests, which work on the same file at once or are killed."""

import subprocess
import sys
from pathlib import Path


def start(what: str, directory: Path, *more: str, module: str = "child") -> "subprocess.Popen[str]":
    """Run ``what`` of a module beside this one, with its input and output as pipes."""
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.integration.storage.{module}", what, str(directory), *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
