"""When the built frontend is stale."""

from pathlib import Path

import pytest

from ops_dashboard.serving.fingerprint import is_stale, sources_digest, stamp

FILES = {
    "rxconfig.py": "config",
    "ops_dashboard/pages/ops.py": "page",
    "assets/icon.svg": "icon",
    "reflex.lock/package-lock.json": "lock",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout whose build matches its sources."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    built = site(tmp_path) / "web" / "build.json"
    built.parent.mkdir(parents=True)
    built.write_text(stamp(tmp_path, sources_digest(tmp_path)), encoding="utf-8")
    return tmp_path


def site(root: Path) -> Path:
    return root / "ops_dashboard" / "_site"


def test_a_build_of_the_same_sources_is_not_stale(root: Path) -> None:
    assert not is_stale(root, site(root))


def test_without_a_build_it_is_stale(root: Path) -> None:
    (site(root) / "web" / "build.json").unlink()
    assert is_stale(root, site(root))


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_makes_it_stale(root: Path, name: str) -> None:
    (root / name).write_text("changed", encoding="utf-8")
    assert is_stale(root, site(root))


@pytest.mark.parametrize("name", ["rxconfig.py", "assets/icon.svg"])
def test_a_file_that_was_only_touched_does_not(root: Path, name: str) -> None:
    (root / name).touch()
    assert not is_stale(root, site(root))


@pytest.mark.parametrize("name", ["ops_dashboard/new.py", "assets/deep/new.jsx"])
def test_a_new_file_makes_it_stale(root: Path, name: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("", encoding="utf-8")
    assert is_stale(root, site(root))


def test_a_moved_file_makes_it_stale(root: Path) -> None:
    (root / "ops_dashboard/pages/ops.py").rename(root / "ops_dashboard/ops.py")
    assert is_stale(root, site(root))


@pytest.mark.parametrize(
    "name",
    ["ops_dashboard/_site/rxconfig.py", "ops_dashboard/__pycache__/ops.py", "tests/test_a.py", "README.md"],
)
def test_what_is_not_compiled_does_not_make_it_stale(root: Path, name: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("new", encoding="utf-8")
    assert not is_stale(root, site(root))


def test_another_version_of_reflex_makes_it_stale(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ops_dashboard.serving.fingerprint.version", lambda _: "99")
    assert is_stale(root, site(root))
