"""The policy names the inline scripts of the build, and no others."""

import base64
import hashlib
from pathlib import Path

from ops_dashboard.serving.content_policy import content_policy


def digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_an_inline_script_of_a_page_may_run(tmp_path: Path) -> None:
    (tmp_path / "ops").mkdir()
    (tmp_path / "ops" / "index.html").write_text(
        '<script>let a = "ü";\n</script><script type="module" src="/a.js"></script><script async="">b()</script>',
        encoding="utf-8",
    )
    scripts = next(part for part in content_policy(tmp_path).split("; ") if part.startswith("script-src"))
    assert scripts.split()[1] == "'self'"
    assert set(scripts.split()[2:]) == {digest('let a = "ü";\n'), digest("b()")}


def test_without_a_build_only_files_may_run(tmp_path: Path) -> None:
    policy = content_policy(tmp_path / "missing")
    assert policy.endswith("script-src 'self'")
    assert "unsafe-eval" not in policy
