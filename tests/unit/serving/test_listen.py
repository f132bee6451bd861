"""Opening the port."""

import socket
from unittest import mock

import pytest

from ops_dashboard.serving.errors import BindError
from ops_dashboard.serving.listen import bind


def test_a_taken_port_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BindError, match=rf"127\.0\.0\.1, port {port}: Address already in use\. "):
            bind("127.0.0.1", port)


def test_an_address_that_is_not_this_machine_is_said_so() -> None:
    with pytest.raises(BindError, match=r"203\.0\.113\.7, port 0: [^(]+\. Choose another"):
        bind("203.0.113.7", 0)


def test_a_host_name_that_is_unknown_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    monkeypatch.setattr(socket, "getaddrinfo", mock.Mock(side_effect=unknown))
    with pytest.raises(BindError, match="nowhere, port 0: Name or service not known"):
        bind("nowhere", 0)


def test_it_listens_on_ipv6_too() -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    with bind("::1", 0) as listening:
        assert listening.family == socket.AF_INET6


def test_a_port_beyond_the_range_is_said_so() -> None:
    with pytest.raises(BindError, match="from 0 to 65535"):
        bind("127.0.0.1", 99999)
