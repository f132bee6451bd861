"""A small checkout to install, and a package index on the disk that it is installed from."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# All that runs before anything is installed.
_INSTALLER = (
    "Makefile",
    "scripts/install.py",
    "ops_dashboard/__init__.py",
    "ops_dashboard/serving/__init__.py",
    "ops_dashboard/serving/child_process.py",
    "ops_dashboard/serving/errors.py",
    "ops_dashboard/serving/steps.py",
)
_PROJECT = """
[project]
name = "small"
version = "1"
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
_BACKEND = """
import shutil
def build_editable(directory, config_settings=None, metadata_directory=None):
    return shutil.copy("small-1-py3-none-any.whl", directory).rpartition("/")[2]
"""


class PackageIndex:
    """A package index in a directory, with wheels that hold no code."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.url = directory.as_uri()

    def offer(self, name: str, version: str, *needs: str, extras: tuple[str, ...] = ()) -> str:
        """Add a version of a package; returns the line that pins it with its hash."""
        page = self._directory / name
        page.mkdir(parents=True, exist_ok=True)
        wheel = make_wheel(page, name, version, *needs, extras=extras)
        with (page / "index.html").open("a", encoding="utf-8") as listing:
            listing.write(f'<a href="{wheel.name}">{wheel.name}</a>\n')
        return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


class Checkout:
    """The Makefile and the installer of this project, around a project of one line.

    Args:
        directory: where it is made.
        pip: directory that holds the version of pip to install with.
    """

    def __init__(self, directory: Path, pip: Path) -> None:
        self.directory = directory
        self._pip = pip
        for name in _INSTALLER:
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, directory / name)
        (directory / "pyproject.toml").write_text(_PROJECT, encoding="utf-8")
        (directory / "backend.py").write_text(_BACKEND, encoding="utf-8")
        make_wheel(directory, "small", "1")

    def pin(self, *lines: str) -> None:
        """Pin these packages and no others."""
        (self.directory / "constraints.txt").write_text("".join(lines), encoding="utf-8")

    def start(self, index_url: str, **env: str) -> "subprocess.Popen[str]":
        """Begin with what `make run` does first: to install what is pinned."""
        return subprocess.Popen(
            ["make", ".venv/installed", f"PYTHON={sys.executable}"],
            cwd=self.directory,
            env=self._env(index_url) | env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def install(self, index_url: str, **env: str) -> tuple[int, str]:
        """Install; the exit code and all that was printed."""
        with self.start(index_url, **env) as process:
            output, _ = process.communicate(timeout=120)
        return process.returncode, output

    def installed(self) -> set[str]:
        """Names and versions of what is installed, but for the tools that Python brings itself."""
        found = self.directory.glob(".venv/lib/python*/site-packages/*.dist-info")
        names = {path.name.removesuffix(".dist-info") for path in found}
        return {name for name in names if not name.startswith(("pip-", "setuptools-"))}

    def _env(self, index_url: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.directory),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": index_url,
            "PIP_RETRIES": "0",
            # It goes before the pip that Python puts into the environment.
            "PYTHONPATH": str(self._pip),
        }


def make_wheel(directory: Path, name: str, version: str, *needs: str, extras: tuple[str, ...] = ()) -> Path:
    """Make a wheel that holds nothing but its metadata."""
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {need}\n" for need in needs)
    metadata += "".join(f"Provides-Extra: {extra}\n" for extra in extras)
    info = f"{name}-{version}.dist-info"
    wheel = directory / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{info}/METADATA", metadata)
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", f"{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
    return wheel
