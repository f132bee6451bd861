"""Asks the advisory services about every pinned package: of Python by pip-audit, of npm by npm itself.

Ends with 0 when all were checked and none is known to be vulnerable, with 1 when some are, and with 2 when some could
not be checked.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ops_dashboard.serving.errors import BuildError
from ops_dashboard.serving.node import build_environment
from scripts.audit_answers import Answer, read_npm_audit, read_pip_audit, report
from scripts.pins import Pin, read_pins

ROOT = Path(__file__).resolve().parents[1]
PINS = ("constraints.txt", "constraints-tools.txt")
LOCK = Path("reflex.lock", "package-lock.json")
_TIMEOUT_SECONDS = 600


def main(argv: Sequence[str]) -> int:
    """Ask and tell.

    Args:
        argv: the path of pip-audit.
    """
    (pip_audit,) = argv
    answers = [ask_pip_audit(pip_audit, name, read_pins(ROOT / name)) for name in PINS]
    answers.append(ask_npm(ROOT))
    text, code = report(answers)
    print(text)
    return code


def ask_pip_audit(pip_audit: str, about: str, pins: Mapping[str, Pin]) -> Answer:
    """Ask about these pins, those of other platforms included."""
    versions = {name: pin.version for name, pin in pins.items()}
    lines = [
        " ".join((f"{name}=={pin.version}", *(f"--hash={one}" for one in pin.hashes)))
        for name, pin in pins.items()
    ]
    # With hashes nothing needs to be resolved or downloaded: the pins themselves are asked about.
    options = ("--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off")
    with tempfile.TemporaryDirectory() as directory:
        asked = Path(directory, "requirements.txt")
        asked.write_text("\n".join(lines), encoding="utf-8")
        try:
            result = _run([pip_audit, "--requirement", str(asked), *options], ROOT, os.environ)
        except FileNotFoundError:
            return Answer(about, len(pins), unchecked="pip-audit is not installed; `make audit` installs it.")
        except subprocess.TimeoutExpired:
            return Answer(about, len(pins), unchecked=f"pip-audit took more than {_TIMEOUT_SECONDS} s.")
    return read_pip_audit(about, versions, result.stdout, result.stderr)


def ask_npm(root: Path) -> Answer:
    """Ask about the packages of the lock, the tools of the build included."""
    about = LOCK.as_posix()
    asked = len(json.loads((root / LOCK).read_text(encoding="utf-8"))["packages"]) - 1
    try:
        env = {**build_environment(root), "npm_config_fetch_retries": "1"}
        result = _run(["npm", "audit", "--json", "--package-lock-only"], (root / LOCK).parent, env)
    except (BuildError, FileNotFoundError) as error:
        return Answer(about, asked, unchecked=str(error))
    except subprocess.TimeoutExpired:
        return Answer(about, asked, unchecked=f"npm took more than {_TIMEOUT_SECONDS} s.")
    return read_npm_audit(about, asked, result.stdout, result.stderr)


def _run(command: list[str], directory: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    # Windows apart, a command is looked for on the PATH of the environment that it is given.
    return subprocess.run(
        command,
        cwd=directory,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=_TIMEOUT_SECONDS,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
