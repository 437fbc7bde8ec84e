"""Open the marks behind a link with the access code from the slip; wrong tries slow down, and only for the marks of this link."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from signing_service.actions.access_code_store import StoredAccessCode
from signing_service.actions.access_codes import AccessCode, hashed, matches, read_access_code
from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.clock import Clock
from signing_service.errors import RefusedError
from signing_service.ids import LinkToken, ShortCode
from signing_service.records.canonical import read_record
from signing_service.records.kinds import DocumentKind
from signing_service.records.transcript import TranscriptRecord
from signing_service.workflow.case import CaseState

_FREE_TRIES: Final = 3
_FIRST_WAIT: Final = timedelta(seconds=30)
_LONGEST_WAIT: Final = timedelta(minutes=15)
"""Ninety-six tries a day: forty bits last for thirty million years, and a family never waits longer than a quarter of an hour."""


class WrongAccessCodeError(RefusedError):
    """The code does not open this link."""


class WaitForAccessCodeError(RefusedError):
    """Too many wrong tries: nothing was looked at."""

    def __init__(self, until: datetime, now: datetime) -> None:
        self.retry_after_seconds = max(1, int((until - now).total_seconds()) + 1)
        minutes = -(-self.retry_after_seconds // 60)
        super().__init__(
            "access-code-wait",
            vi=f"Đã nhập sai nhiều lần; xin đợi {minutes} phút rồi nhập lại.",
            en=f"Too many wrong codes; wait {minutes} min, then type it again.",
        )


@dataclass(frozen=True, slots=True)
class OpenedTranscript:
    """What the right code opens: the record with its marks, and the file as it was issued."""

    record: TranscriptRecord
    short_code: ShortCode
    pdf: bytes
    evidence: bytes


def open_with_access_code(token: LinkToken, typed: str, *, database: Database, blobs: BlobStore, clock: Clock) -> OpenedTranscript:
    """Open a transcript that stands as valid.

    The try is counted durably before the code is compared, so that a crash or a thousand tries at once gain nothing.

    Raises:
        WrongAccessCodeError: not the code of this link, or there is none; both take the same time (`access-code-wrong`).
        WaitForAccessCodeError: wrong too often; nothing was compared (`access-code-wait`).
        IntegrityError: stored bytes are damaged.
    """
    code = read_access_code(typed)
    if code is None:
        # A slip of the finger is no try: it cannot be anybody's code.
        raise _wrong()
    now = clock.now()
    with database.begin() as unit:
        document = unit.documents.by_link(token)
        stored = None if document is None else unit.access_codes.get(document.document)
        if document is None or stored is None or not _opens(document):
            stored = None
        else:
            if stored.closed_until is not None and now < stored.closed_until:
                raise WaitForAccessCodeError(stored.closed_until, now)
            unit.access_codes.put(_counted(stored, now))
    if document is None or stored is None:
        matches(code, _nobodys_hash())
        raise _wrong()
    if not matches(code, stored.hashed):
        raise _wrong()
    with database.begin() as unit:
        current = unit.access_codes.get(document.document)
        if current is None or current.hashed != stored.hashed:
            # The clerk replaced it while it was compared.
            raise _wrong()
        unit.access_codes.put(replace(current, wrong_tries=0, closed_until=None))
    return _opened(document, blobs)


def _opens(document: StoredDocument) -> bool:
    return document.state is CaseState.ARCHIVED and document.kind is DocumentKind.TRANSCRIPT and document.evidence is not None


def _counted(stored: StoredAccessCode, now: datetime) -> StoredAccessCode:
    tries = stored.wrong_tries + 1
    if tries < _FREE_TRIES:
        return replace(stored, wrong_tries=tries)
    # The exponent is bounded before it is used: 2 ** (wrong tries) would outgrow a timedelta.
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(tries - _FREE_TRIES, 10))
    return replace(stored, wrong_tries=tries, closed_until=now + wait)


def _opened(document: StoredDocument, blobs: BlobStore) -> OpenedTranscript:
    if document.evidence is None:
        raise _wrong()
    return OpenedTranscript(
        record=read_record(blobs.get(document.record_blob)),
        short_code=document.short_code,
        pdf=blobs.get(document.head),
        evidence=blobs.get(document.evidence),
    )


def _wrong() -> WrongAccessCodeError:
    return WrongAccessCodeError(
        "access-code-wrong",
        vi="Mã truy cập không đúng. Mã có tám ký tự, ở phần cắt rời của phiếu; mã cũ không dùng được nữa nếu nhà trường đã cấp mã mới.",
        en="That is not the access code. It has eight characters and stands on the part of the slip that is cut off; an earlier code stops "
        "when the school gives out a new one.",
    )


@cache
def _nobodys_hash() -> str:
    """Compared with where there is no code, so that the answer takes as long."""
    return hashed(AccessCode("0000-0000"))
