"""Puts the house together: the only place that knows which implementation stands behind which protocol."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key

from signing_service.actions.answer_for_certificates import CertificateAnswers
from signing_service.actions.carry_on import Carrier
from signing_service.actions.draw_marks import MarkDrawer
from signing_service.actions.enrol_signer import Enrolment
from signing_service.actions.repositories import StoredDocument
from signing_service.actions.services import SigningSecret
from signing_service.actions.set_up_authorities import LOG, ROOT, AuthoritySetup, require_lasting
from signing_service.actions.sign_class import ClassSigner
from signing_service.actions.steps import StepListener, nobody_listens
from signing_service.actions.subject_sheets.rule import SheetRule
from signing_service.actions.subject_sheets.sign import SheetSigner
from signing_service.clock import Clock, SystemClock
from signing_service.custody.cabinet import Custody
from signing_service.custody.file_secret import FileServerSecret
from signing_service.custody.pin import Pin
from signing_service.custody.sealed import SealedKey
from signing_service.custody.server_secret import ServerSecret
from signing_service.errors import RefusedError, UnavailableError
from signing_service.ids import KeyId
from signing_service.ports import KeyAlgorithm, KeyPurpose, PublicKey, SigningKey
from signing_service.settings import Identity, Settings, keep_identity, read_identity
from signing_service.storage.blobs import LocalBlobStore
from signing_service.storage.database import SqlDatabase, open_engine
from signing_service.storage.log import SqlCheckpointStore, SqlLeafSequence, SqlTileStore
from signing_service.storage.migrate import migrate
from signing_service.storage.sealed_keys import SqlAttemptLedger, SqlSealedKeys, StoredKey
from signing_service.transparency.log import TransparencyLog
from signing_service.transparency.trust_list import trust_list
from signing_service.verification.crew import Crew, crew_of
from signing_service.verification.report import VerificationReport
from signing_service.verification.verify import verify
from signing_service.workflow.case import SigningRole
from signing_service.workflow.lock import LockDays, month_day

if TYPE_CHECKING:
    from signing_service.custody.token_secret import Pkcs11ServerSecret


class KeyRoom:
    """Keys by owner: sealed in the database, opened by custody."""

    def __init__(self, custody: Custody, keys: SqlSealedKeys) -> None:
        self._custody, self._keys = custody, keys

    def create(
        self, owner: str, purpose: KeyPurpose, secret: SigningSecret | None, algorithm: KeyAlgorithm = KeyAlgorithm.P_256
    ) -> tuple[KeyId, PublicKey]:
        """Make and store a sealed key; it becomes the owner's current one."""
        before = self._keys.current(owner)
        version = SealedKey.from_bytes(before.sealed).version + 1 if before else 1
        sealed = self._custody.create(owner, purpose, pin=_pin(secret), algorithm=algorithm, version=version)
        self._keys.add(StoredKey(sealed.key_id, owner, purpose, sealed.to_bytes()))
        public_key = load_der_public_key(sealed.public_key_der)
        return sealed.key_id, public_key  # type: ignore[return-value] # custody makes keys of the three kinds only

    def exists(self, owner: str) -> bool:
        """Whether the owner has a key."""
        return self._keys.current(owner) is not None

    @contextmanager
    def open(self, owner: str, secret: SigningSecret | None, *, key: KeyId | None = None) -> Iterator[SigningKey]:
        """The owner's key of that name, or the newest, until the block ends."""
        stored = self._keys.current(owner) if key is None else self._keys.of(owner, key)
        if stored is None:
            raise RefusedError(
                "key-unknown", vi="Chưa có khóa ký; liên hệ văn thư để được cấp.", en="There is no key yet; ask the clerk for one."
            )
        sealed = SealedKey.from_bytes(stored.sealed)
        if sealed.owner != owner:
            raise RefusedError("key-of-another", vi="Khóa này của chủ khác.", en="This key belongs to somebody else.")
        with self._custody.open(sealed, pin=_pin(secret)) as opened:
            yield opened

    def rewrap_all(self) -> int:
        """Seal every key anew under the current server secret; returns how many."""
        stored = self._keys.all()
        for key in stored:
            sealed = self._custody.rewrap(SealedKey.from_bytes(key.sealed))
            self._keys.replace(StoredKey(key.key, key.owner, key.purpose, sealed.to_bytes()))
        return len(stored)


def _pin(secret: SigningSecret | None) -> Pin | None:
    if secret is not None and not isinstance(secret, Pin):
        raise TypeError(type(secret))
    return secret


@dataclass(frozen=True, slots=True)
class Service:
    """The assembled service of one process."""

    settings: Settings
    identity: Identity
    clock: Clock
    database: SqlDatabase
    blobs: LocalBlobStore
    tiles: SqlTileStore
    keys: KeyRoom
    answers: CertificateAnswers
    log: TransparencyLog
    anchors: tuple[bytes, ...]
    crew: Crew | None = None
    """Judges in processes of its own; None: in this one."""
    marks: MarkDrawer = field(default_factory=MarkDrawer)

    @property
    def lock_days(self) -> LockDays:
        """When school years close here."""
        return LockDays(month_day(self.settings.lock_day), month_day(self.settings.lock_day_after_reassessment))

    def carrier(self, on_step: StepListener = nobody_listens) -> Carrier:
        """Carries cases on without a signer."""
        return Carrier(
            database=self.database,
            blobs=self.blobs,
            log=self.log,
            revocation=self.answers,
            timestamper=self.answers,
            verifier=self.judge,
            clock=self.clock,
            base_url=self.identity.base_url,
            at_once=1 if self.crew is None else self.crew.size,
            on_step=on_step,
            sheet_rule=SheetRule(self.settings.subject_sheets),
        )

    def signer(self, on_step: StepListener = nobody_listens) -> ClassSigner:
        """Signs classes."""
        return ClassSigner(
            database=self.database,
            blobs=self.blobs,
            clock=self.clock,
            keys=self.keys,
            timestamper=self.answers,
            revocation=self.answers,
            mark_of=self._mark,
            on_step=on_step,
        )

    def _mark(self, role: SigningRole, document: StoredDocument) -> bytes:
        return self.marks.mark(document.kind, role, self.blobs.get(document.shown_record), self.clock.now())

    def sheet_signer(self, on_step: StepListener = nobody_listens) -> SheetSigner:
        """Signs subject sheets."""
        return SheetSigner(
            database=self.database,
            blobs=self.blobs,
            clock=self.clock,
            keys=self.keys,
            timestamper=self.answers,
            revocation=self.answers,
            on_step=on_step,
        )

    def enrolment(self) -> Enrolment:
        """Gives people and seals their keys."""
        return Enrolment(self.database, self.keys, self.clock, self.identity.base_url)

    def renew(self) -> tuple[str, ...]:
        """Renew what of the service's own certificates is about to end; returns their owners."""
        return AuthoritySetup(self.database, self.keys, self.clock, self.identity.base_url, self.identity.organisation).run()

    def judge(self, pdf: bytes, *, name: str, evidence: bytes | None) -> VerificationReport:
        """The report of a file now, by our own anchors."""
        judge = verify if self.crew is None else self.crew.judge
        return judge(pdf, name=name, anchors=self.anchors, at=self.clock.now(), evidence=evidence, log_key=self.log.verifier)

    def trust_list(self) -> str:
        """The anchors as `trust.pem` holds them."""
        pem = x509.load_der_x509_certificate(self.anchors[0]).public_bytes(Encoding.PEM).decode()
        return trust_list(pem, self.log.verifier)


def initialise(settings: Settings, identity: Identity, *, clock: Clock | None = None) -> tuple[str, ...]:
    """Keys, database and store under the data directory; safe to repeat. Returns the owners that got a new key.

    Raises:
        InvalidInputError: base URL or organisation differ from the first time (`identity-fixed`) or cannot be used (`base-url`,
            `certificate-subject`); nothing was made.
    """
    require_lasting(identity.base_url, identity.organisation)
    settings.data_directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The secret comes first, and only into an empty house: a lost one is never replaced in silence.
    if settings.token_library is None and not settings.identity_file.exists() and not settings.secret.exists():
        settings.secret.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        FileServerSecret.create(settings.secret)
    keep_identity(settings, identity)
    clock = clock or SystemClock()
    with _database(settings) as database, _key_room(settings, database, clock) as keys:
        made = AuthoritySetup(database, keys, clock, identity.base_url, identity.organisation).run()
    with open_service(settings, clock=clock) as service:
        service.log.integrate()
    return made


@contextmanager
def open_service(settings: Settings, *, clock: Clock | None = None, judges: int = 0) -> Iterator[Service]:
    """The service, its time-stamping, OCSP and log keys open until the block ends; so many `judges` verify what it archives (0: itself).

    Raises:
        UnavailableError: not initialised (`not-initialised`).
    """
    clock = clock or SystemClock()
    identity = read_identity(settings)
    with ExitStack() as open_things:
        database = open_things.enter_context(_database(settings))
        keys = open_things.enter_context(_key_room(settings, database, clock))
        answers = open_things.enter_context(CertificateAnswers(database=database, keys=keys, clock=clock, base_url=identity.base_url))
        log_key = open_things.enter_context(keys.open(LOG, None))
        tiles = SqlTileStore(database)
        yield Service(
            settings=settings,
            identity=identity,
            clock=clock,
            database=database,
            blobs=LocalBlobStore(settings.blobs),
            tiles=tiles,
            keys=keys,
            answers=answers,
            log=TransparencyLog(
                origin=_log_origin(identity.base_url),
                key=log_key,
                sequence=SqlLeafSequence(database),
                tiles=tiles,
                checkpoints=SqlCheckpointStore(database),
            ),
            anchors=_anchors(database),
            crew=open_things.enter_context(crew_of(judges)) if judges else None,
        )


@contextmanager
def _database(settings: Settings) -> Iterator[SqlDatabase]:
    settings.data_directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = open_engine(settings.database)
    try:
        migrate(engine)
        yield SqlDatabase(engine)
    finally:
        engine.dispose()


@contextmanager
def _key_room(settings: Settings, database: SqlDatabase, clock: Clock) -> Iterator[KeyRoom]:
    with _server_secret(settings) as secret:
        yield KeyRoom(Custody(secret, SqlAttemptLedger(database), clock), SqlSealedKeys(database))


@contextmanager
def _server_secret(settings: Settings) -> Iterator[ServerSecret]:
    """In the token where there is one, else in its file."""
    if settings.token_library is not None:
        with closing(_token(settings.token_library, settings)) as token:
            yield token
        return
    if not settings.secret.exists():
        raise UnavailableError(
            "server-secret-missing",
            vi="Không tìm thấy bí mật máy chủ; khôi phục tệp đó từ nơi cất giữ riêng.",
            en="The server secret is not there; put the file back from where it is kept apart.",
        )
    yield FileServerSecret(settings.secret)


def _token(library: Path, settings: Settings) -> "Pkcs11ServerSecret":
    from signing_service.custody.token_secret import Pkcs11ServerSecret  # noqa: PLC0415 - the extra is needed by whoever has a token only

    if settings.token_pin_file is None:
        raise UnavailableError(
            "server-secret-token",
            vi="Thiếu SIGNING_SERVICE_TOKEN_PIN_FILE: tệp chứa mã PIN của thiết bị PKCS#11.",
            en="SIGNING_SERVICE_TOKEN_PIN_FILE is missing: the file with the PKCS#11 token's user PIN.",
        )
    return Pkcs11ServerSecret(library, settings.token_label, settings.token_pin_file.read_text("utf-8").strip())


def _anchors(database: SqlDatabase) -> tuple[bytes, ...]:
    with database.begin() as unit:
        return tuple(stored.certificate for stored in unit.certificates.of_profile(ROOT))


def _log_origin(base_url: str) -> str:
    parts = urlsplit(base_url)
    return f"{parts.netloc}{parts.path}/log"
