"""Settings of who gets in: tokens that cannot be guessed, and proxies that can be trusted."""

import pytest

from ops_dashboard.settings import Settings, SettingsError, load, variable

LONG = "0123456789abcdef"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


def refusal(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    for name, value in values.items():
        monkeypatch.setenv(variable(name), value)
    with pytest.raises(SettingsError) as caught:
        load()
    return str(caught.value)


@pytest.mark.parametrize("name", ["operator_token", "viewer_token"])
def test_a_token_that_could_be_guessed_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    sentence = refusal(monkeypatch, **{name: LONG[:-1]})
    assert f"{variable(name)} is not accepted: it is shorter than 16 characters" in sentence
    assert LONG[:-1] not in sentence


def test_both_tokens_must_not_be_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = refusal(monkeypatch, operator_token=LONG, viewer_token=LONG)
    assert "OPS_VIEWER_TOKEN is not accepted: it is the same as OPS_OPERATOR_TOKEN" in sentence
    assert LONG not in sentence


def test_tokens_are_hidden_wherever_the_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPS_OPERATOR_TOKEN", LONG)
    configured = load()
    assert configured.operator_token is not None
    assert LONG not in repr(configured) + configured.model_dump_json()


def test_proxies_are_addresses_or_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPS_TRUSTED_PROXIES", " 127.0.0.1, 10.1.2.3/8,,2001:db8::/32 ")
    networks = load().trusted_proxies
    assert networks is not None
    assert [str(network) for network in networks] == ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"]


@pytest.mark.parametrize(
    "value",
    [
        "proxy.example",
        "10.0.0.0/99",
        "10.0.0",
        "0.0.0.0/0",
        "::/0",
        "10.0.0.1;10.0.0.2",
        "0.0.0.0/1,128.0.0.0/1",
        "0.0.0.0/2",
        "::/1,8000::/1",
        "2000::/3",
        ",".join(f"{n}.0.0.0/8" for n in range(1, 60)),
    ],
)
def test_what_is_no_network_or_everything_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    assert refusal(monkeypatch, trusted_proxies=value).startswith("OPS_TRUSTED_PROXIES=")


def test_all_private_networks_may_be_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    private = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,127.0.0.0/8,fc00::/7,fe80::/10,::1"
    monkeypatch.setenv("OPS_TRUSTED_PROXIES", private)
    assert len(load().trusted_proxies or ()) == 8


def test_hosts_are_names_in_lower_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPS_ALLOWED_HOSTS", " Ops.example.com., ops,,10.0.0.1 , ops")
    assert load().allowed_hosts == ("ops.example.com", "ops", "10.0.0.1")


@pytest.mark.parametrize("name", ["operator_token", "viewer_token", "backend_token"])
@pytest.mark.parametrize("around", [" {}", "{}\n", "\t{}\r\n"])
def test_blanks_around_a_pasted_token_are_cut(
    monkeypatch: pytest.MonkeyPatch, name: str, around: str
) -> None:
    monkeypatch.setenv(variable(name), around.format(LONG))
    token = getattr(load(), name)
    assert token.get_secret_value() == LONG


def test_blank_within_a_token_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "without spaces" in refusal(monkeypatch, operator_token=f"{LONG} {LONG}")
    assert "shorter than 16" in refusal(monkeypatch, operator_token=f"{LONG[:-1]} ")


def test_host_names_may_hold_underscores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPS_BACKEND_URL", "http://my_api:8000/v_1")
    monkeypatch.setenv("OPS_ALLOWED_HOSTS", "ops_board,_x.my_net")
    monkeypatch.setenv("OPS_DATABASE_URL", "postgresql+asyncpg://u:p@my_db/ops")
    configured = load()
    assert configured.backend_url == "http://my_api:8000/v_1"
    assert configured.allowed_hosts == ("ops_board", "_x.my_net")
    assert configured.database_url is not None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "ops.example"])
def test_loopback_is_trusted_only_where_it_is_served(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    sentence = refusal(monkeypatch, trust_loopback="yes", host=host)
    assert sentence.startswith("OPS_TRUST_LOOPBACK='yes' is not accepted: OPS_HOST")


def test_trusted_loopback_and_proxies_exclude_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = refusal(monkeypatch, trust_loopback="YES", trusted_proxies="127.0.0.1")
    assert "OPS_TRUST_LOOPBACK=yes says that nobody reaches the port through a proxy" in sentence


@pytest.mark.parametrize(
    "value", ["ops.example.com:8300", "https://ops.example.com", "*", "*.example.com", "a b"]
)
def test_what_is_no_host_name_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    assert refusal(monkeypatch, allowed_hosts=value).startswith("OPS_ALLOWED_HOSTS=")


def test_a_user_header_needs_a_trusted_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "needs OPS_TRUSTED_PROXIES" in refusal(monkeypatch, user_header="X-Forwarded-User")


@pytest.mark.parametrize("name", ["Host", "cookie", "X Forwarded", "X-User:", "x_user", "ä"])
def test_a_user_header_is_one_that_no_browser_sends(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    sentence = refusal(monkeypatch, user_header=name, trusted_proxies="127.0.0.1")
    assert sentence.startswith("OPS_USER_HEADER=")
