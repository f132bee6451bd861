"""Building: only when stale, and never at the cost of the build being served."""

import errno
import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from unittest import mock

import pytest

from ops_dashboard.serving import build, node
from ops_dashboard.serving.build import build_if_stale
from ops_dashboard.serving.child_process import Stopped
from ops_dashboard.serving.errors import BuildError
from ops_dashboard.serving.site import built_site


def locked(version: str, **more: str) -> str:
    """The lock of one package, as npm writes it."""
    return json.dumps(
        {"packages": {"": {}, "node_modules/react": {"version": version, "integrity": "sha512-a"}}, **more}
    )


LOCK = "reflex.lock/package-lock.json"
SOURCES = {"rxconfig.py": "config", "ops_dashboard/page.py": "page", LOCK: locked("19.0.0")}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that was never built; what Reflex would do is left to each test."""
    for name, text in SOURCES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(build, "build_environment", lambda root: {})
    return tmp_path


@pytest.fixture
def site(root: Path) -> Path:
    return root / "ops_dashboard" / "_site"


def exports(root: Path, html: str, lock: str = locked("19.0.0", completed="by npm")) -> mock.Mock:
    """Stands for the run of Reflex's build: leaves a page in `.web`, and a lock."""

    def run(command: list[str], work: Path, *_: object, **__: object) -> subprocess.CompletedProcess[str]:
        for name, text in {
            "build/client/ops.html": html,
            "backend/pages.json": "[]",
            "routes.json": "[]",
        }.items():
            path = root / ".web" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (work / "reflex.lock").mkdir(exist_ok=True)
        (work / LOCK).write_text(lock, encoding="utf-8")
        return subprocess.CompletedProcess(command, 0, stdout="")

    return mock.Mock(side_effect=run)


def fails(output: str) -> mock.Mock:
    return mock.Mock(return_value=subprocess.CompletedProcess([], 1, stdout=output))


def served(site: Path) -> str:
    return (site / "web/build/client/ops.html").read_text(encoding="utf-8")


def test_it_builds_once_for_the_same_sources(root: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "run_child", export := exports(root, "page 1"))
    assert build_if_stale(root, site)
    assert not build_if_stale(root, site)
    assert export.call_count == 1
    assert served(built_site(site)) == "page 1"
    assert (site / "rxconfig.py").read_text(encoding="utf-8") == "config"


def test_a_change_is_built_and_replaces_the_build(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "run_child", exports(root, "page 1"))
    build_if_stale(root, site)
    (root / "ops_dashboard/page.py").write_text("changed", encoding="utf-8")
    monkeypatch.setattr(build, "run_child", exports(root, "page 2"))
    assert build_if_stale(root, site)
    assert served(site) == "page 2"
    assert sorted(path.name for path in site.iterdir()) == ["rxconfig.py", "web"]


def test_an_edit_during_the_build_leaves_it_stale(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = exports(root, "page 1")

    def edited_meanwhile(*args: object, **kwargs: object) -> object:
        (root / "ops_dashboard/page.py").write_text("edited", encoding="utf-8")
        return export(*args, **kwargs)

    monkeypatch.setattr(build, "run_child", edited_meanwhile)
    assert build_if_stale(root, site)
    assert build_if_stale(root, site)


def test_a_failed_build_shows_its_end_and_leaves_the_old_one(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "run_child", exports(root, "page 1"))
    build_if_stale(root, site)
    (root / "ops_dashboard/page.py").write_text("broken", encoding="utf-8")
    output = "\n".join(f"line {number}" for number in range(1000)) + "\nSyntaxError: no"
    monkeypatch.setattr(build, "run_child", fails(output))
    with pytest.raises(BuildError, match="SyntaxError: no") as caught:
        build_if_stale(root, site)
    assert "line 100\n" not in str(caught.value)
    assert served(built_site(site)) == "page 1"


def test_other_packages_than_those_pinned_are_no_build_and_leave_the_lock(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "run_child", exports(root, "page", locked("19.1.0")))
    with pytest.raises(
        BuildError, match=r"pinned in reflex\.lock/: react 19\.1\.0 for 19\.0\.0\. .* `make lock`"
    ):
        build_if_stale(root, site)
    assert (root / LOCK).read_text(encoding="utf-8") == SOURCES[LOCK]
    assert not site.exists()


def test_without_pins_there_is_no_build(root: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / LOCK).unlink()
    monkeypatch.setattr(build, "run_child", exports(root, "page"))
    with pytest.raises(BuildError, match=r"react 19\.0\.0 for none"):
        build_if_stale(root, site)
    assert not (root / LOCK).exists()


def test_other_packages_are_pinned_when_that_is_asked_for(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "run_child", exports(root, "page", locked("19.1.0")))
    assert build_if_stale(root, site, renew_lock=True)
    assert (root / LOCK).read_text(encoding="utf-8") == locked("19.1.0")
    assert not build_if_stale(root, site)


def test_a_build_that_fails_after_the_installation_leaves_the_lock(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = exports(root, "page", locked("19.1.0"))

    def failing(command: list[str], work: Path, *_: object, **__: object) -> subprocess.CompletedProcess[str]:
        export(command, work)
        return subprocess.CompletedProcess(command, 1, stdout="SyntaxError: no")

    monkeypatch.setattr(build, "run_child", failing)
    with pytest.raises(BuildError, match="SyntaxError: no"):
        build_if_stale(root, site)
    assert (root / LOCK).read_text(encoding="utf-8") == SOURCES[LOCK]


def test_a_build_that_hangs_is_an_error(root: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "run_child", mock.Mock(side_effect=subprocess.TimeoutExpired("reflex", 600)))
    with pytest.raises(BuildError, match="took longer than 600 s"):
        build_if_stale(root, site)


def test_next_build_discards_packages_of_interrupted_one(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_unpacked = root / ".web/node_modules/react/package.json"

    def interrupted(*_: object, **__: object) -> None:
        half_unpacked.parent.mkdir(parents=True)
        half_unpacked.touch()
        raise Stopped(signal.SIGTERM)

    monkeypatch.setattr(build, "run_child", interrupted)
    with pytest.raises(Stopped):
        build_if_stale(root, site)
    monkeypatch.setattr(build, "run_child", exports(root, "page"))
    assert build_if_stale(root, site)
    assert not half_unpacked.exists()


def test_failed_build_keeps_packages_for_the_next(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked = root / ".web/node_modules/react/package.json"
    unpacked.parent.mkdir(parents=True)
    unpacked.touch()
    shutil.copy(root / LOCK, root / ".web")
    monkeypatch.setattr(build, "run_child", fails("SyntaxError: no"))
    for _ in range(2):
        with pytest.raises(BuildError):
            build_if_stale(root, site)
    assert unpacked.exists()


def test_failed_build_discards_packages_it_unpacked(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / ".web/node_modules").mkdir(parents=True)
    monkeypatch.setattr(build, "run_child", fails("Killed"))
    with pytest.raises(BuildError, match="Killed"):
        build_if_stale(root, site)
    assert not (root / ".web").exists()


@pytest.mark.parametrize("output", ["npm error code ENOSPC", "No space left on device (os error 28)"])
def test_full_disk_during_export_leaves_nothing_half_made(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    (root / ".web/node_modules").mkdir(parents=True)
    monkeypatch.setattr(build, "run_child", fails(output))
    with pytest.raises(BuildError, match=r"^The frontend could not be built\. The disk is full: [^\n]+$"):
        build_if_stale(root, site)
    assert not (root / ".web").exists()
    assert not (root / "build/export").exists()


def test_full_disk_during_publishing_keeps_the_old_build(
    root: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "run_child", exports(root, "page 1"))
    build_if_stale(root, site)
    (root / "ops_dashboard/page.py").write_text("changed", encoding="utf-8")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(shutil, "copy2", mock.Mock(side_effect=full))
    with pytest.raises(BuildError, match="The disk is full"):
        build_if_stale(root, site)
    assert served(built_site(site)) == "page 1"
    assert sorted(path.name for path in site.iterdir()) == ["rxconfig.py", "web"]


def test_an_installed_package_cannot_be_built(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="an installed package"):
        build_if_stale(tmp_path, tmp_path)


def test_nothing_is_served_before_the_first_build(site: Path) -> None:
    with pytest.raises(BuildError, match="make build"):
        built_site(site)


def test_missing_node_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(node.shutil, "which", lambda name, path=None: None)
    with pytest.raises(BuildError, match=r"needs Node\.js: `make build` installs it"):
        node.build_environment(tmp_path)


def test_a_broken_npm_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NPM_CONFIG_REGISTRY", raising=False)
    result = subprocess.CompletedProcess([], 1, stdout="", stderr="npm: cannot find module")
    monkeypatch.setattr(subprocess, "run", mock.Mock(return_value=result))
    with pytest.raises(BuildError, match="npm does not run: npm: cannot find module"):
        node.build_environment(tmp_path)


def test_the_build_calls_no_one_but_the_configured_registry(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://registry.example")
    env = node.build_environment(tmp_path)
    assert env["NPM_CONFIG_REGISTRY"] == "http://registry.example"
    assert env["REFLEX_TELEMETRY_ENABLED"] == "false"
    assert env["REFLEX_CHECK_LATEST_VERSION"] == "false"
    assert env["npm_config_ignore_scripts"] == "true"
    assert env["npm_config_omit_lockfile_registry_resolved"] == "true"
