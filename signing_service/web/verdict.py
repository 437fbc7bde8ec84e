"""What the page shows of an answer: labels in two languages, times as people in Vietnam write them."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from signing_service.actions.look_up_link import LinkAnswer, LinkSigner, LinkVerdict
from signing_service.ids import LinkToken
from signing_service.records.kinds import DocumentKind
from signing_service.web.fact import Fact, Words, vietnam_time
from signing_service.workflow.case import SigningRole

_STATUS = {
    LinkVerdict.VALID: HTTPStatus.OK,
    LinkVerdict.SUPERSEDED: HTTPStatus.OK,
    LinkVerdict.REVOKED: HTTPStatus.OK,
    LinkVerdict.UNKNOWN: HTTPStatus.NOT_FOUND,
    LinkVerdict.CANNOT_TELL: HTTPStatus.SERVICE_UNAVAILABLE,
}

ENGLISH_ROLES = {
    SigningRole.HOMEROOM_TEACHER: "Homeroom teacher",
    SigningRole.PRINCIPAL: "Principal",
    SigningRole.SCHOOL_SEAL: "School seal",
    SigningRole.AWARD_AUTHORITY: "Award authority",
    SigningRole.OFFICE_SEAL: "Office seal",
    SigningRole.COPYING_SEAL: "Seal of the copying office",
}

_NOUNS = {
    DocumentKind.TRANSCRIPT: Words("học bạ", "transcript"),
    DocumentKind.TRANSCRIPT_EXTRACT: Words("bản trích sao", "extract"),
    DocumentKind.AWARD_DECISION: Words("quyết định", "decision"),
    DocumentKind.AWARD_CERTIFICATE: Words("văn bản khen thưởng", "award document"),
}


@dataclass(frozen=True, slots=True)
class SignerLine:
    """One signature: in which capacity, and when."""

    vi: str
    en: str
    signed_at: str


@dataclass(frozen=True, slots=True)
class VerdictView:
    """Everything the template may show; of a document that was not issued there are no facts and no signers."""

    template: str
    status: HTTPStatus
    checked_at: str
    noun: Words
    facts: tuple[Fact, ...] = ()
    signers: tuple[SignerLine, ...] = ()
    file_sha256: str | None = None
    reason: Words | None = None
    revoked_at: str | None = None
    successor: LinkToken | None = None
    opens_with_code: bool = False


def view_of(answer: LinkAnswer) -> VerdictView:
    """The answer as it is shown; whatever it holds beyond its verdict stays behind."""
    view = VerdictView(
        template=f"{answer.verdict.value}.html",
        status=_STATUS[answer.verdict],
        checked_at=vietnam_time(answer.checked_at),
        noun=_NOUNS[answer.kind or DocumentKind.TRANSCRIPT],
    )
    if view.status is not HTTPStatus.OK:
        return view
    is_valid = answer.verdict is LinkVerdict.VALID
    reason = answer.revocation_reason
    return VerdictView(
        template=view.template,
        status=view.status,
        checked_at=view.checked_at,
        noun=view.noun,
        facts=tuple(_facts(answer)),
        signers=tuple(_signer(signer) for signer in answer.signers),
        file_sha256=answer.file_sha256,
        reason=None if is_valid or reason is None else Words(reason.label, reason.english),
        revoked_at=None if is_valid or answer.revoked_at is None else vietnam_time(answer.revoked_at),
        successor=answer.successor if answer.verdict is LinkVerdict.SUPERSEDED else None,
        opens_with_code=is_valid and answer.opens_with_code,
    )


def _facts(answer: LinkAnswer) -> Iterator[Fact]:
    kind, facts = answer.kind or DocumentKind.TRANSCRIPT, answer.facts
    yield Fact("Loại hồ sơ", "Kind", kind.label)
    is_award = kind in {DocumentKind.AWARD_DECISION, DocumentKind.AWARD_CERTIFICATE}
    decided_on = None if facts.decided_on is None else facts.decided_on.strftime("%d/%m/%Y")
    rows = (
        (*_recipient_label(kind, masked=facts.recipient_is_masked), facts.recipient),
        ("Nội dung khen", "Award", facts.award),
        ("Cơ quan khen thưởng", "Awarded by", facts.issuer) if is_award else ("Trường", "School", facts.issuer),
        ("Số quyết định", "Decision number", facts.decision_number),
        ("Ngày quyết định", "Decided on", decided_on),
        ("Năm học", "School year", facts.school_year),
        ("Mã tra cứu", "Short code", answer.short_code),
    )
    for vi, en, value in rows:
        if value is not None:
            yield Fact(vi, en, value)


def _recipient_label(kind: DocumentKind, *, masked: bool) -> tuple[str, str]:
    if kind is DocumentKind.AWARD_CERTIFICATE:
        return ("Cá nhân, chữ đầu họ tên", "Person, initials only") if masked else ("Tập thể", "Collective")
    return "Học sinh, chữ đầu họ tên", "Pupil, initials only"


def _signer(signer: LinkSigner) -> SignerLine:
    role = SigningRole(signer.role)
    return SignerLine(role.label, ENGLISH_ROLES[role], vietnam_time(signer.signed_at))
