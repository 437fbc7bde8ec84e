"""What the page shows of an answer: labels in two languages, times as people in Vietnam write them."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from signing_service.actions.look_up_link import LinkAnswer, LinkSigner, LinkVerdict
from signing_service.clock import VIETNAM
from signing_service.workflow.case import SigningRole

_STATUS = {
    LinkVerdict.VALID: HTTPStatus.OK,
    LinkVerdict.UNKNOWN: HTTPStatus.NOT_FOUND,
    LinkVerdict.CANNOT_TELL: HTTPStatus.SERVICE_UNAVAILABLE,
}

_ENGLISH_ROLES = {
    SigningRole.HOMEROOM_TEACHER: "Homeroom teacher",
    SigningRole.PRINCIPAL: "Principal",
    SigningRole.SCHOOL_SEAL: "School seal",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the record, such as the school."""

    vi: str
    en: str
    value: str


@dataclass(frozen=True, slots=True)
class SignerLine:
    """One signature: in which capacity, and when."""

    vi: str
    en: str
    signed_at: str


@dataclass(frozen=True, slots=True)
class VerdictView:
    """Everything the template may show; for any verdict but *valid* there are no facts and no signers."""

    template: str
    status: HTTPStatus
    checked_at: str
    facts: tuple[Fact, ...]
    signers: tuple[SignerLine, ...]
    file_sha256: str | None


def vietnam_time(moment: datetime) -> str:
    """`dd/mm/yyyy HH:MM` in Vietnam of an aware moment."""
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")


def view_of(answer: LinkAnswer) -> VerdictView:
    """The answer as it is shown; whatever it holds beyond a *valid* verdict stays behind."""
    valid = answer.verdict is LinkVerdict.VALID
    return VerdictView(
        template=f"{answer.verdict.value}.html",
        status=_STATUS[answer.verdict],
        checked_at=vietnam_time(answer.checked_at),
        facts=_facts(answer) if valid else (),
        signers=tuple(_signer(signer) for signer in answer.signers) if valid else (),
        file_sha256=answer.file_sha256 if valid else None,
    )


def _facts(answer: LinkAnswer) -> tuple[Fact, ...]:
    rows = (
        ("Loại hồ sơ", "Kind", "Học bạ"),
        ("Học sinh, chữ đầu họ tên", "Pupil, initials only", answer.masked_name),
        ("Trường", "School", answer.issuer),
        ("Năm học", "School year", answer.school_year),
        ("Mã tra cứu", "Short code", answer.short_code),
    )
    return tuple(Fact(vi, en, value) for vi, en, value in rows if value is not None)


def _signer(signer: LinkSigner) -> SignerLine:
    role = SigningRole(signer.role)
    return SignerLine(role.label, _ENGLISH_ROLES[role], vietnam_time(signer.signed_at))
