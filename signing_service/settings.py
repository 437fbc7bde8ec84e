"""What an installation is told from outside: where its data lives, and what was decided once at `init`."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from signing_service.errors import IntegrityError, InvalidInputError, UnavailableError

DEFAULT_BASE_URL = "http://127.0.0.1:8000"
DEFAULT_ORGANISATION = "Sở Giáo dục và Đào tạo Đắk Lắk"


_MONTH_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"


def default_data_directory() -> Path:
    """`$XDG_DATA_HOME/signing-service`, usually `~/.local/share/signing-service`: outside any checkout."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "signing-service"


class Settings(BaseSettings):
    """Read from the environment, each name with the prefix `SIGNING_SERVICE_`."""

    model_config = SettingsConfigDict(env_prefix="SIGNING_SERVICE_", frozen=True)

    data_directory: Path = Field(default_factory=default_data_directory)
    """Private to the service's user: database, blobs, and the server secret unless `secret_file` says otherwise."""
    database_url: str | None = None
    """SQLAlchemy URL; SQLite in the data directory by default."""
    secret_file: Path | None = None
    """Where the server secret lies; keep it off the backups of the data directory."""

    lock_day: str = Field(default="06-30", pattern=_MONTH_DAY)
    """Month and day after which a school changes its records of the ended year only with the department's leave."""
    lock_day_after_reassessment: str = Field(default="08-15", pattern=_MONTH_DAY)
    """The same for pupils re-assessed in the summer."""

    token_library: Path | None = None
    """PKCS#11 library of the token that holds the server secret; None keeps it in `secret_file`. Needs the extra `[pkcs11]`."""
    token_label: str = "signing-service"  # noqa: S105 - the name of a token, not a password
    token_pin_file: Path | None = None
    """File with the token's user PIN, readable by the service alone."""

    subject_sheets: Literal["where-teacher-known", "always", "never"] = "where-teacher-known"
    """When subject teachers sign before the homeroom teacher (`actions/subject_sheets/rule.py`)."""

    trusted_proxies: str = ""
    """Addresses or networks of the reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, separated by commas."""

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.data_directory / 'service.sqlite3'}"

    @property
    def blobs(self) -> Path:
        """Folder of the frozen bytes."""
        return self.data_directory / "blobs"

    @property
    def secret(self) -> Path:
        """File of the server secret."""
        return self.secret_file or self.data_directory / "secret" / "server-secret"

    @property
    def demo_directory(self) -> Path:
        """Data directory of the newest demo, apart from anything real."""
        return self.data_directory / "demo"

    def for_the_demo(self) -> "Settings":
        """The settings of the newest demo: a house of its own, without anything real."""
        own = {"data_directory": self.demo_directory, "database_url": None, "secret_file": None, "token_library": None}
        return self.model_copy(update=own)

    @property
    def identity_file(self) -> Path:
        """File of what was decided at `init`."""
        return self.data_directory / "identity.json"


@dataclass(frozen=True, slots=True)
class Identity:
    """Decided once at `init` and written into certificates and documents for decades."""

    base_url: str
    organisation: str


def read_identity(settings: Settings) -> Identity:
    """What `init` decided.

    Raises:
        UnavailableError: the data directory was never initialised (`not-initialised`).
        IntegrityError: the file is damaged (`identity-unreadable`).
    """
    try:
        return Identity(**json.loads(settings.identity_file.read_text("utf-8")))
    except FileNotFoundError:
        raise UnavailableError(
            "not-initialised",
            vi="Dịch vụ chưa được khởi tạo; chạy `signing-service init` trước.",
            en="The service is not initialised; run `signing-service init` first.",
        ) from None
    except (ValueError, TypeError):
        raise IntegrityError(
            "identity-unreadable",
            vi=f"Tệp {settings.identity_file} bị hỏng; khôi phục từ bản sao lưu.",
            en=f"{settings.identity_file} is damaged; restore it from a backup.",
        ) from None


def keep_identity(settings: Settings, identity: Identity) -> None:
    """Write what `init` decides; the same again changes nothing.

    Raises:
        InvalidInputError: something else was decided before (`identity-fixed`).
    """
    if settings.identity_file.exists():
        if read_identity(settings) != identity:
            raise InvalidInputError(
                "identity-fixed",
                vi="Địa chỉ gốc và tên cơ quan đã được ấn định khi khởi tạo, đã nằm trong chứng thư và không đổi được.",
                en="Base URL and organisation were fixed at the first init; certificates carry them.",
            )
        return
    settings.data_directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Beside it first: after a crash there is a whole file or none.
    beside = settings.identity_file.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(json.dumps(asdict(identity), ensure_ascii=False, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(settings.identity_file)
