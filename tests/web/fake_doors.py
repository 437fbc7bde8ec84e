"""Doors made of plain functions, with invented schools and pupils behind them."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from signing_service.actions.judge_upload import Origin, Upload, UploadAnswer
from signing_service.actions.look_up_link import LinkAnswer, LinkSigner, LinkVerdict
from signing_service.actions.open_with_access_code import OpenedTranscript, WaitForAccessCodeError, WrongAccessCodeError
from signing_service.actions.public_facts import PublicFacts
from signing_service.asgi import Doors
from signing_service.errors import UnavailableError
from signing_service.ids import LinkToken, Sha256, ShortCode, sha256_of
from signing_service.records.kinds import DocumentKind
from signing_service.records.transcript import TranscriptRecord
from signing_service.verification.isolated import BusyError
from signing_service.verification.prescan import is_pdf
from signing_service.verification.report import (
    Coverage,
    Indication,
    Integrity,
    Level,
    Modification,
    Revocation,
    SignatureReport,
    SubIndication,
    TimeSource,
    Trust,
    VerificationReport,
)
from signing_service.verification.verify import NotAPdfError
from signing_service.workflow.recall import RecallReason
from tests.records_factory import example_record

NOW = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)

VALID_TOKEN = LinkToken("7h3k9m2p4q6r8s0t1v5w7x9y2z4a6b8c")
UNKNOWN_TOKEN = LinkToken("0123456789abcdefghjkmnpqrstvwxyz")
CANNOT_TELL_TOKEN = LinkToken("c" * 32)
BROKEN_TOKEN = LinkToken("b" * 32)
UNAVAILABLE_TOKEN = LinkToken("d" * 32)
REVOKED_TOKEN = LinkToken("e" * 32)
SUPERSEDED_TOKEN = LinkToken("f" * 32)
AWARD_TOKEN = LinkToken("a" * 32)

SHORT_CODE = ShortCode("7K3M-Q9TZ-0X4B")
ACCESS_CODE = "4J7W-90TQ"
WAIT_CODE = "WA1T-WA1T"

VALID = LinkAnswer(
    verdict=LinkVerdict.VALID,
    checked_at=NOW,
    kind=DocumentKind.TRANSCRIPT,
    facts=PublicFacts("Trường Trung học cơ sở Hoa Ngọc Lan Tưởng Tượng", "2025-2026", "H. B. Ê."),
    opens_with_code=True,
    signers=(
        LinkSigner("homeroom-teacher", datetime(2026, 5, 28, 17, 30, tzinfo=UTC)),
        LinkSigner("principal", datetime(2026, 5, 29, 1, 12, tzinfo=UTC)),
        LinkSigner("school-seal", datetime(2026, 5, 29, 1, 20, tzinfo=UTC)),
    ),
    file_sha256=Sha256("5f" * 32),
    short_code=SHORT_CODE,
)
REVOKED = replace(
    VALID,
    verdict=LinkVerdict.REVOKED,
    revoked_at=datetime(2026, 8, 3, 2, 30, tzinfo=UTC),
    revocation_reason=RecallReason.WRONG_CONTENT,
    opens_with_code=False,
)
SUPERSEDED = replace(REVOKED, verdict=LinkVerdict.SUPERSEDED, successor=VALID_TOKEN)
AWARD = replace(
    VALID,
    kind=DocumentKind.AWARD_CERTIFICATE,
    facts=PublicFacts(
        "Sở Giáo dục và Đào tạo Tây Nguyên Tưởng Tượng",
        "2025-2026",
        "Tổ Ngữ văn, Trường Trung học cơ sở Hoa Ngọc Lan Tưởng Tượng",
        recipient_is_masked=False,
        award="Tập thể Lao động xuất sắc",
        decision_number="0815/QĐ-SGDĐT",
        decided_on=date(2026, 7, 15),
    ),
    signers=(LinkSigner("award-authority", NOW), LinkSigner("office-seal", NOW)),
    opens_with_code=False,
)
ANSWERS = {VALID_TOKEN: VALID, REVOKED_TOKEN: REVOKED, SUPERSEDED_TOKEN: SUPERSEDED, AWARD_TOKEN: AWARD}

RECORD: TranscriptRecord = example_record()
OPENED = OpenedTranscript(RECORD, SHORT_CODE, b"%PDF-1.7 issued", b"evidence of it")

SIGNATURE = SignatureReport(
    field="Signature1",
    role="principal",
    signer="Hiệu Trưởng Tưởng Tượng",
    signed_at=datetime(2026, 5, 29, 1, 12, tzinfo=UTC),
    time_source=TimeSource.TIMESTAMP,
    integrity=Integrity.INTACT,
    coverage=Coverage.WHOLE_REVISION,
    modification=Modification.NONE,
    level=Level.B_LTA,
    trust=Trust.TRUSTED,
    revocation=Revocation.GOOD,
    indication=Indication.TOTAL_PASSED,
    sub_indication=None,
    reasons=(),
)
BROKEN_SIGNATURE = replace(
    SIGNATURE,
    role=None,
    signer=None,
    time_source=TimeSource.CLAIMED,
    modification=Modification.FORBIDDEN,
    indication=Indication.TOTAL_FAILED,
    sub_indication=SubIndication.HASH_FAILURE,
)


def report_of(upload: Upload, indication: Indication = Indication.TOTAL_PASSED, *signatures: SignatureReport) -> VerificationReport:
    """A report about an upload, as a child would have made it."""
    return VerificationReport(
        file=upload.name,
        file_sha256=sha256_of(upload.pdf),
        verified_at=NOW,
        indication=indication,
        sub_indication=None,
        modified_after_signing=any(one.modification is Modification.FORBIDDEN for one in signatures),
        signatures=signatures,
        record=None,
        log=None,
    )


def pdf_saying(word: str) -> bytes:
    """A file that the fake judge answers as the word says."""
    return b"%PDF-1.7\n" + word.encode()


def _judged(upload: Upload) -> UploadAnswer:
    passed, failed, undecided = Indication.TOTAL_PASSED, Indication.TOTAL_FAILED, Indication.INDETERMINATE
    cannot_tell = LinkAnswer(LinkVerdict.CANNOT_TELL, NOW)
    answers = {
        b"genuine": UploadAnswer(report_of(upload, passed, SIGNATURE), Origin.ISSUED, VALID_TOKEN, VALID),
        b"superseded": UploadAnswer(report_of(upload, passed, SIGNATURE), Origin.ISSUED, SUPERSEDED_TOKEN, SUPERSEDED),
        b"revoked": UploadAnswer(report_of(upload, passed, SIGNATURE), Origin.ISSUED, REVOKED_TOKEN, REVOKED),
        b"cannot-tell": UploadAnswer(report_of(upload, passed, SIGNATURE), Origin.ISSUED, CANNOT_TELL_TOKEN, cannot_tell),
        b"not-issued": UploadAnswer(report_of(upload, failed, SIGNATURE, BROKEN_SIGNATURE), Origin.OTHER_BYTES, VALID_TOKEN, VALID),
        b"altered": UploadAnswer(report_of(upload, failed, BROKEN_SIGNATURE), Origin.UNKNOWN),
        b"trusted-elsewhere": UploadAnswer(report_of(upload, passed, SIGNATURE), Origin.UNKNOWN),
    }
    return answers.get(upload.pdf.partition(b"\n")[2], UploadAnswer(report_of(upload, undecided), Origin.UNKNOWN))


AUTHORITY = "issuing-ca-0a1b2c3d"
PARTIAL_TILE = "tile/0/000.p/45"
FULL_TILE = "tile/0/x001/234"
OBJECTS = {
    "checkpoint": b"example.invalid/log\n45\nAAAA\n",
    PARTIAL_TILE: b"\x01" * 45 * 32,
    FULL_TILE: b"\x02" * 256 * 32,
    "tile/entries/000.p/45": b"\x00\x01\x03" * 45,
}


class InventedDatabaseError(Exception):
    """Quotes what it was asked, as database errors do."""


@dataclass
class House:
    """What stands behind the doors, and what was asked of it."""

    asked: list[LinkToken] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    log_paths: list[str] = field(default_factory=list)
    valid: LinkAnswer = VALID
    now: datetime = NOW
    codes: list[str] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)
    is_busy: bool = False

    def doors(self) -> Doors:
        return Doors(
            organisation="Sở Giáo dục và Đào tạo Tây Nguyên Tưởng Tượng",
            look_up=self.look_up,
            find_short_code=self.find_short_code,
            open_marks=self.open_marks,
            judge_upload=self.judge_upload,
            now=lambda: self.now,
            certificate=lambda name: b"0\x03certificate" if name == AUTHORITY else None,
            revocation_list=self.revocation_list,
            ocsp=self.respond,
            timestamp=self.respond,
            log_object=self.log_object,
        )

    def look_up(self, token: LinkToken) -> LinkAnswer:
        self.asked.append(token)
        if token == BROKEN_TOKEN:
            message = f"SELECT ... WHERE link = {token!r}"
            raise InventedDatabaseError(message)
        if token == UNAVAILABLE_TOKEN:
            raise UnavailableError("database-silent", vi="Cơ sở dữ liệu không trả lời.", en="The database does not answer.")
        if token == VALID_TOKEN:
            return self.valid
        if token in ANSWERS:
            return ANSWERS[token]
        return LinkAnswer(LinkVerdict.CANNOT_TELL if token == CANNOT_TELL_TOKEN else LinkVerdict.UNKNOWN, NOW)

    def find_short_code(self, code: ShortCode) -> LinkToken | None:
        self.codes.append(code)
        return VALID_TOKEN if code == SHORT_CODE else None

    def open_marks(self, token: LinkToken, typed: str) -> OpenedTranscript:
        self.codes.append(typed)
        if typed == WAIT_CODE:
            raise WaitForAccessCodeError(self.now + timedelta(minutes=2), self.now)
        if token != VALID_TOKEN or typed != ACCESS_CODE:
            raise WrongAccessCodeError("access-code-wrong", vi="Mã truy cập không đúng.", en="That is not the access code.")
        return OPENED

    def judge_upload(self, upload: Upload) -> UploadAnswer:
        self.uploads.append(upload)
        if self.is_busy:
            raise BusyError
        if not is_pdf(upload.pdf):
            raise NotAPdfError
        return _judged(upload)

    def revocation_list(self, name: str) -> bytes | None:
        if name == "sleeping":
            raise UnavailableError("key-silent", vi="Khóa không trả lời.", en="The key does not answer.")
        if name == "broken":
            raise InventedDatabaseError(name)
        return b"0\x03list" if name == AUTHORITY else None

    def respond(self, request: bytes) -> bytes:
        self.requests.append(request)
        return b"answer to " + request

    def log_object(self, path: str) -> bytes | None:
        self.log_paths.append(path)
        return OBJECTS.get(path)


def visible_text(html: str) -> str:
    """A page's text without its tags, white space collapsed."""
    body = html.partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())
