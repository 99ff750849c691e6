"""Settings: `tracker.toml`, each key overridable by `TRACKER_<KEY>` in the environment.

Secrets (keys of official APIs) are read from the environment only, under the names that the
sources document; they never stand in this file, in a run or in the store.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from tracker.errors import TrackerError

FILE = "tracker.toml"


class ConfigError(TrackerError):
    """A setting is missing, misspelt or of the wrong kind."""


class Settings(BaseSettings):
    """The descriptions are what `tracker init` writes into the sample file."""

    model_config = SettingsConfigDict(env_prefix="TRACKER_", extra="forbid", env_ignore_empty=True)

    db: Path = Field(Path("tracker.db"), description="The store: one SQLite file on a local disk.")
    runs: Path = Field(
        Path("runs"),
        description="Run folders: everything can be rebuilt from them. Beside the store unless"
        " given.",
    )
    backups: Path = Field(
        Path("backups"),
        description="Where `tracker db backup` and migrations copy to. Beside the store unless"
        " given.",
    )
    site: Path = Field(Path("site"), description="Where `tracker site build` puts the pages.")
    site_url: str = Field("", description="The address the site is served at, for links in mails.")
    contact: str = Field(
        "",
        description="A page or mail address where webmasters reach you. Sent with every request;"
        " nothing is crawled without it.",
    )
    delay: float = Field(1.0, ge=0.5, description="Seconds between two requests to one host.")
    jobs: int = Field(4, ge=1, le=64, description="Sources read at the same time.")
    time_limit: int = Field(2_400, ge=60, description="Seconds after which a crawl is ended.")
    memory_mb: int = Field(2_048, ge=256, description="Memory that one crawl may use.")
    mail_from: str = Field(
        "Cooperation Tracker <digest@localhost>", description="The sender of digests."
    )
    permissions: dict[str, str] = Field(
        default_factory=dict,
        description="Sources that may be read against their robots.txt, and who allowed it when."
        ' Shown in the coverage table. Example: me = "Web office, 2026-03-02"',
    )

    @model_validator(mode="after")
    def _beside_the_store(self) -> Settings:
        """A store named with --db is looked at together with its own runs and backups."""
        for name in {"runs", "backups"} - self.model_fields_set:
            setattr(self, name, self.db.parent / name)
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = TomlConfigSettingsSource(settings_cls, toml_file=config_path())
        return init_settings, env_settings, toml


def config_path() -> Path:
    return Path(os.environ.get("TRACKER_CONFIG", FILE))


def load_settings(**given: Any) -> Settings:
    """Raises ConfigError naming the file, the key and what it should be."""
    path = config_path()
    if not path.is_file() and (path.exists() or "TRACKER_CONFIG" in os.environ):
        raise ConfigError(f"{path}: not a file. `tracker init` writes a documented one.")
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}.") from error
    except SettingsError as error:
        raise ConfigError(f"{error}. In the environment it is given as JSON.") from error
    except ValidationError as error:
        raise ConfigError("\n".join(_told(one) for one in error.errors())) from error


def _told(error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return (
            f"{config_path()}: no setting is called `{key}`; `tracker init --show` lists them all."
        )
    return (
        f"{config_path()} (or TRACKER_{key.upper()}): `{key}` {error['msg'].lower()},"
        f" found {error['input']!r}."
    )


def sample() -> str:
    """The documented `tracker.toml`: every setting with its default, commented out."""
    lines = ["# Settings of the Cooperation Tracker. Each can also be given as TRACKER_<KEY>.", ""]
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True)
        lines += [f"# {line}" for line in _wrapped(field.description or "")]
        lines += [f"[{name}]" if isinstance(default, dict) else f"# {name} = {_toml(default)}", ""]
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, 88)


def _toml(value: Any) -> str:
    return str(value) if isinstance(value, int | float) else f'"{value}"'
