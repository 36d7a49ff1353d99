"""What can be set from outside: one environment variable a setting, each with the prefix DAFENG_."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from dafeng.errors import Fault, FaultsFound
from dafeng.labels import Language

_HOST = re.compile(r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$")


class Settings(BaseSettings):
    """All settings and their defaults; docs/guide/cli.md lists them.

    `city` names a pack that comes with dafeng or is the path of one. `database` holds what people enter (imported
    facts); commands that only read never create it. `cors_origins` is empty: no page of another site may read the API.
    """

    model_config = SettingsConfigDict(env_prefix="DAFENG_", extra="ignore", frozen=True)

    city: str = Field(
        default="shanghai", min_length=1, description="City pack: a name that comes with dafeng, or a path"
    )
    database: str = Field(
        default="sqlite:///dafeng-data/dafeng.sqlite", min_length=1, description="SQLAlchemy URL of the database"
    )
    host: str = Field(default="127.0.0.1", description="Address the server listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="Port the server listens on")
    workers: int = Field(default=1, ge=1, le=64, description="Server processes")
    lang: Language | Literal[""] = Field(default="", description="Language of the command line: zh or en")
    log_format: Literal["console", "json"] = Field(default="console", description="Shape of the server's log lines")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Least level logged")
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Sites whose pages may read the API, separated by commas"
    )

    show_enterprises: bool = Field(
        default=False, description="Show pages of single enterprises to whoever reaches the server, not only sums"
    )
    review_token: str = Field(
        default="", repr=False, description="Token of those who may upload and review documents; without it nobody may"
    )

    @field_validator("host")
    @classmethod
    def _host_is_an_address(cls, host: str) -> str:
        try:
            ipaddress.ip_address(host)
        except ValueError:
            if not _HOST.match(host):
                raise ValueError("not an address or a host name") from None
        return host

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _origins_are_listed(cls, origins: object) -> object:
        return (
            tuple(part.strip() for part in origins.split(",") if part.strip()) if isinstance(origins, str) else origins
        )


def load(**given: object) -> Settings:
    """Read the settings from the environment; `given` (where not None) goes before it.

    Raises FaultsFound naming every variable that cannot be used.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]  # checked by pydantic
    except ValidationError as error:
        raise FaultsFound((_fault(item) for item in error.errors(include_url=False)), "settings") from None


def _fault(item: object) -> Fault:
    assert isinstance(item, dict)  # noqa: S101  # the shape pydantic documents
    name = str(item["loc"][0])
    message = str(item["msg"]).removeprefix("Value error, ")
    return Fault(
        "setting",
        f"{name} (DAFENG_{name.upper()})",
        f"{message[:1].lower()}{message[1:]} (got {str(item['input'])[:60]!r})",
        "Correct it or leave it out",
    )
