"""What the page says of an uploaded file: one of eight answers, each with what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from signing_service.actions.judge_upload import Origin, UploadAnswer
from signing_service.actions.look_up_link import LinkVerdict
from signing_service.verification.report import Indication, SignatureReport, TimeSource, VerificationReport
from signing_service.web.fact import Words, vietnam_time
from signing_service.web.verdict import ENGLISH_ROLES, VerdictView, view_of
from signing_service.workflow.case import SigningRole


class Answer(StrEnum):
    """The headline; the value names the words in the template."""

    GENUINE = "genuine"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    CANNOT_TELL = "cannot-tell"
    NOT_ISSUED = "not-issued"
    ALTERED = "altered"
    TRUSTED_ELSEWHERE = "trusted-elsewhere"
    UNDECIDED = "undecided"


_OF_ISSUED = {
    LinkVerdict.VALID: Answer.GENUINE,
    LinkVerdict.SUPERSEDED: Answer.SUPERSEDED,
    LinkVerdict.REVOKED: Answer.REVOKED,
}
_OF_OTHERS = {
    Indication.TOTAL_PASSED: Answer.TRUSTED_ELSEWHERE,
    Indication.INDETERMINATE: Answer.UNDECIDED,
    Indication.TOTAL_FAILED: Answer.ALTERED,
}

_PROOFS = {
    Indication.TOTAL_PASSED: Words("Chữ ký đúng", "Signature holds"),
    Indication.INDETERMINATE: Words("Chưa kết luận được", "Undecided"),
    Indication.TOTAL_FAILED: Words("Chữ ký hỏng", "Signature broken"),
}


@dataclass(frozen=True, slots=True)
class UploadedSignature:
    """One signature of the file: in which capacity, by whom, when, and whether it holds."""

    role: Words
    signer: str | None
    signed_at: str | None
    time_is_proven: bool
    proof: Words
    tone: str
    is_altered_after: bool


@dataclass(frozen=True, slots=True)
class UploadView:
    """Everything the template may show."""

    answer: Answer
    signatures: tuple[UploadedSignature, ...]
    is_modified: bool
    link: VerdictView | None
    token: str | None
    checked_at: str
    file_sha256: str
    indication: str
    sub_indication: str | None
    reasons: tuple[str, ...]


_TONES = {Indication.TOTAL_PASSED: "good", Indication.INDETERMINATE: "wait", Indication.TOTAL_FAILED: "bad"}


def upload_view(uploaded: UploadAnswer) -> UploadView:
    """The answer as it is shown."""
    report = uploaded.report
    return UploadView(
        answer=_answer(uploaded),
        signatures=tuple(_signatures(report)),
        is_modified=report.modified_after_signing,
        link=None if uploaded.link is None else view_of(uploaded.link),
        token=uploaded.token,
        checked_at=vietnam_time(report.verified_at),
        file_sha256=report.file_sha256,
        indication=report.indication.value,
        sub_indication=None if report.sub_indication is None else report.sub_indication.value,
        reasons=report.reasons,
    )


def _answer(uploaded: UploadAnswer) -> Answer:
    report = uploaded.report
    if uploaded.origin is Origin.OTHER_BYTES:
        return Answer.NOT_ISSUED
    if uploaded.origin is Origin.UNKNOWN or uploaded.link is None:
        return _OF_OTHERS[report.indication]
    known = _OF_ISSUED.get(uploaded.link.verdict, Answer.CANNOT_TELL)
    # Octet by octet ours, yet not proven now, such as by a verifier that ran out of time: not for us to wave by.
    return Answer.CANNOT_TELL if known is Answer.GENUINE and report.indication is not Indication.TOTAL_PASSED else known


def _signatures(report: VerificationReport) -> Iterator[UploadedSignature]:
    for one in report.signatures:
        yield UploadedSignature(
            role=_role(one),
            signer=one.signer,
            signed_at=None if one.signed_at is None else vietnam_time(one.signed_at),
            time_is_proven=one.time_source is TimeSource.TIMESTAMP,
            proof=_PROOFS[one.indication],
            tone=_TONES[one.indication],
            is_altered_after=one.modification.value == "forbidden",
        )


def _role(signature: SignatureReport) -> Words:
    if signature.role in set(SigningRole):
        role = SigningRole(signature.role)
        return Words(role.label, ENGLISH_ROLES[role])
    return Words("Người ký", "Signer")
