"""Every setting of the dashboard: an environment variable OPS_…, checked once at the start."""

import os
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ops_dashboard.domain.modules import WATCHED_MODULES
from ops_dashboard.setting_hosts import HostNames
from ops_dashboard.setting_places import DatabaseUrl, DataDirectory, default_data_dir
from ops_dashboard.setting_proxies import HeaderName, Networks
from ops_dashboard.setting_values import (
    Accepts,
    BaseUrl,
    HostName,
    IntervalOrOff,
    LoginToken,
    Lowered,
    ModuleNames,
    Refused,
    Token,
    is_loopback,
)

PREFIX = "OPS_"
_FOREIGN = ("REFLEX_", "__REFLEX_", "WEB_CONCURRENCY")

ScenarioName = Literal["lively", "healthy", "degraded", "incident", "outage", "empty", "hostile"]
LogLevel = Literal["debug", "info", "warning", "error"]


class SettingsError(Exception):
    """A setting has a value that is not accepted; the text is one sentence for the operator."""


def _home() -> Path:
    try:
        return default_data_dir()
    except RuntimeError as error:
        raise SettingsError(
            "OPS_DATA_DIR must be set: this user has no home directory to keep data in."
        ) from error


class Settings(BaseSettings):
    """The settings. A variable that is set but empty counts as not set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    backend_url: BaseUrl = Field(
        default=None, description="Base address of the monitored backend. Unset: the embedded demo."
    )
    backend_token: Token = Field(default=None, description="Bearer token for the backend.")
    host: HostName = Field(default="127.0.0.1", description="Address to listen on; 0.0.0.0 for all.")
    port: Annotated[int, Accepts("a whole number from 0 to 65535")] = Field(
        default=8300, ge=0, le=65535, description="Port to listen on; 0 for any free one."
    )
    refresh_seconds: Annotated[float, Accepts("a number of seconds from 5 to 3600")] = Field(
        default=30,
        ge=5,
        le=3600,
        allow_inf_nan=False,
        description="Seconds between two refreshes of everything.",
    )
    alert_seconds: IntervalOrOff = Field(
        default=1,
        description="Seconds between two readings of what alerts depend on, where it is cheap; 0 for never.",
    )
    modules: ModuleNames = Field(
        default=WATCHED_MODULES,
        description="Modules whose health is asked for one by one, separated by commas.",
    )
    timeout_seconds: Annotated[float, Accepts("a number of seconds from 0.5 to 120")] = Field(
        default=5,
        ge=0.5,
        le=120,
        allow_inf_nan=False,
        description="Seconds the backend has to answer; calls known to be slow get more.",
    )
    load_budget: Annotated[float, Accepts("a number of percent from 0.1 to 50")] = Field(
        default=2,
        ge=0.1,
        le=50,
        allow_inf_nan=False,
        description="Percent of the time that calls which take 0.2 s or longer may take together.",
    )
    data_dir: DataDirectory = Field(
        default_factory=_home,
        description="Directory for what outlasts a restart; made if it does not exist.",
    )
    database_url: DatabaseUrl = Field(
        default=None, description="Address of the database. Unset: SQLite, in ops.db of OPS_DATA_DIR."
    )
    operator_token: LoginToken = Field(
        default=None, description="Token to log in with as an operator, who acts; 16 or more characters."
    )
    viewer_token: LoginToken = Field(
        default=None, description="Token to log in with as a viewer, who reads; 16 or more characters."
    )
    trust_loopback: Annotated[Literal["yes", "no"], Lowered, Accepts("yes or no")] = Field(
        default="no",
        description="yes: nobody but operators reaches this port, so without tokens they need no login.",
    )
    allowed_hosts: HostNames = Field(
        default=None,
        description="Host names to answer to. Unset: this machine's own on loopback without tokens, else any.",
    )
    trusted_proxies: Networks = Field(
        default=None,
        description="Addresses or networks of the proxies in front, whose X-Forwarded-… headers are believed.",
    )
    user_header: HeaderName = Field(
        default=None,
        description="Header by which a trusted proxy names who it has logged in; it must set it on every request.",
    )
    demo_scenario: Annotated[
        ScenarioName, Lowered, Accepts("lively, healthy, degraded, incident, outage, empty or hostile")
    ] = Field(default="lively", description="What the embedded demo shows.")
    demo_seed: Annotated[int, Accepts("a whole number from 0 to 4294967295")] = Field(
        default=7, ge=0, le=2**32 - 1, description="Seed of the demo's random numbers."
    )
    log_level: Annotated[LogLevel, Lowered, Accepts("debug, info, warning or error")] = Field(
        default="info", description="Lowest level of the events that are logged."
    )

    @field_validator("viewer_token")
    @classmethod
    def _is_another_token(cls, token: SecretStr | None, known: ValidationInfo) -> SecretStr | None:
        if token is not None and token == known.data.get("operator_token"):
            raise Refused("it is the same as OPS_OPERATOR_TOKEN, so that every viewer could act")
        return token

    @field_validator("trust_loopback")
    @classmethod
    def _is_on_loopback(cls, answer: str, known: ValidationInfo) -> str:
        if answer == "yes" and not is_loopback(known.data.get("host", "127.0.0.1")):
            raise Refused("OPS_HOST is no address of this machine alone, so others reach the port")
        return answer

    @field_validator("trusted_proxies")
    @classmethod
    def _is_no_way_in(cls, networks: object, known: ValidationInfo) -> object:
        if networks is not None and known.data.get("trust_loopback") == "yes":
            raise Refused("OPS_TRUST_LOOPBACK=yes says that nobody reaches the port through a proxy")
        return networks

    @field_validator("user_header")
    @classmethod
    def _is_told_by_somebody(cls, name: str | None, known: ValidationInfo) -> str | None:
        if name is not None and known.data.get("trusted_proxies", ()) is None:
            raise Refused("it needs OPS_TRUSTED_PROXIES, else anybody could send that header")
        return name


def load() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: a value is not accepted. Values that may hold a secret are not repeated in it.
    """
    try:
        return Settings()
    except ValidationError as error:
        # Without the cause: pydantic's own text repeats the value.
        raise SettingsError(_sentence(error)) from None


@cache
def settings() -> Settings:
    """The settings of this process, read at the first call.

    Raises:
        SettingsError: as `load`.
    """
    return load()


def variable(field: str) -> str:
    """Name of the environment variable of a field of `Settings`."""
    return f"{PREFIX}{field.upper()}"


def drop_foreign_variables() -> list[str]:
    """Remove what would set the web framework or server beside OPS_…; one sentence for each."""
    foreign = [name for name in sorted(os.environ) if name.startswith(_FOREIGN)]
    for name in foreign:
        del os.environ[name]
    return [
        f"{name} of the environment is ignored: this dashboard is set by {PREFIX}… alone." for name in foreign
    ]


def demand_home(data_dir: Path) -> None:
    """Take the data directory for the home of a user who has none: libraries fail without."""
    try:
        Path.home()
    except RuntimeError:
        os.environ["HOME"] = str(data_dir)


def unknown_variables() -> list[str]:
    """One sentence for each variable OPS_… of the environment that is no setting, with the likely one."""
    known = {variable(field) for field in Settings.model_fields}
    sentences = []
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else "."
            sentences.append(f"{name} is not a setting and has no effect{hint}")
    return sentences


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0])
    metadata = Settings.model_fields[field].metadata
    accepts = next(note for note in metadata if isinstance(note, Accepts))
    value = f"={str(first['input'])[:60]!r}" if accepts.shown else ""
    cause = first.get("ctx", {}).get("error")
    reason = str(cause) if isinstance(cause, Refused) else f"it must be {accepts.text}"
    return f"{variable(field)}{value} is not accepted: {reason}."
