"""The build is told to list what it bundles."""

import pytest
import reflex as rx
from reflex.utils.frontend_skeleton import _compile_vite_config

from ops_dashboard.serving.bundled_licences import LICENCES, note_licences


def test_the_configuration_of_vite_asks_for_the_list_once() -> None:
    changed = note_licences(_compile_vite_config(rx.Config(app_name="any")))
    assert changed.count(f'license: {{ fileName: "{LICENCES}" }}') == 1
    assert note_licences(changed) == changed


def test_an_unknown_version_of_reflex_is_told() -> None:
    with pytest.raises(RuntimeError, match="does not know this version of Reflex"):
        note_licences("export default defineConfig({})")
