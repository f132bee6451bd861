"""The command line: exit codes, and one sentence for what stops the start."""

import os
import socket
from collections.abc import Iterator
from unittest import mock

import pytest

from ops_dashboard import __version__, cli
from ops_dashboard.serving import launch
from ops_dashboard.serving.errors import BuildError
from ops_dashboard.settings import Settings, settings, variable


@pytest.fixture(autouse=True)
def own_environment() -> Iterator[None]:
    """The command line writes its flags into the environment; none of that may outlast a test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPS_")}
    with mock.patch.dict(os.environ, kept, clear=True), mock.patch.object(cli, "configure_logging"):
        settings.cache_clear()
        yield
        settings.cache_clear()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings that the server would have been started with."""
    starts: list[Settings] = []
    monkeypatch.setattr(launch, "serve", lambda configured, announce: starts.append(configured))
    return starts


def test_it_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"ops-dashboard {__version__}\n"


@pytest.mark.parametrize("argv", [[], ["fly"], ["serve", "--no-such-flag"]])
def test_a_wrong_command_is_a_usage_error(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(argv)
    assert ended.value.code == 2
    assert "usage: ops-dashboard" in capsys.readouterr().err


def test_flags_win_over_variables(served: list[Settings], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPS_PORT", "1111")
    monkeypatch.setenv("OPS_REFRESH_SECONDS", "60")
    argv = ["serve", "--host", "0.0.0.0", "--port", "2222", "--backend-url", "http://backend:8000"]
    assert cli.main(argv) == 0
    assert [(s.host, s.port, s.backend_url, s.refresh_seconds) for s in served] == [
        ("0.0.0.0", 2222, "http://backend:8000", 60)
    ]


@pytest.mark.parametrize("argv", [["serve", "--port", "high"], ["serve", "--backend-url", "nowhere"]])
def test_a_bad_setting_is_one_sentence_and_code_2(
    argv: list[str], served: list[Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(argv) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("ops-dashboard: OPS_")
    assert printed.err.count("\n") == 1
    assert served == []


def test_what_stops_the_start_is_one_sentence_and_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launch, "serve", mock.Mock(side_effect=BuildError("The frontend is not built yet.")))
    assert cli.main(["serve"]) == 1
    assert capsys.readouterr().err == "ops-dashboard: The frontend is not built yet.\n"


def test_the_keyboard_ends_it_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launch, "serve", mock.Mock(side_effect=KeyboardInterrupt))
    assert cli.main(["serve"]) == 130
    assert capsys.readouterr().err == ""


def test_an_unknown_variable_is_warned_about(
    served: list[Settings], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OPS_PROT", "1")
    assert cli.main(["serve"]) == 0
    assert "OPS_PROT is not a setting and has no effect; did you mean OPS_PORT?" in caplog.messages


def test_the_demo_says_when_its_port_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert cli.main(["demo", "--port", str(taken.getsockname()[1])]) == 1
    assert capsys.readouterr().err.startswith("ops-dashboard: Cannot listen on 127.0.0.1, port ")


def test_every_flag_of_serve_is_a_setting() -> None:
    assert {variable(name) for name in cli._SERVE_FLAGS + cli._DEMO_FLAGS} <= {
        variable(name) for name in Settings.model_fields
    }


def test_check_prints_how_each_call_went(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("Performance ") and "Fresh" in line for line in lines)


def test_check_fails_when_nothing_answers(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: refused
        port = taken.getsockname()[1]
        assert cli.main(["check", "--backend-url", f"http://127.0.0.1:{port}"]) == 1
    captured = capsys.readouterr()
    assert "refused the connection" in captured.out
    assert captured.err.startswith("ops-dashboard: nothing could be read")
