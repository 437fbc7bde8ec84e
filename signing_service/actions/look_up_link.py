"""What a verification link says to anybody: the status, and no more about a child than a masked name."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.errors import SigningServiceError
from signing_service.ids import LinkToken, Sha256
from signing_service.records.canonical import read_record
from signing_service.records.transcript import TranscriptRecord
from signing_service.workflow.case import CaseState, SigningRole


class LinkVerdict(StrEnum):
    """What the page answers."""

    VALID = "valid"
    UNKNOWN = "unknown"
    CANNOT_TELL = "cannot-tell-right-now"


@dataclass(frozen=True, slots=True)
class LinkSigner:
    """One signature as the page shows it."""

    role: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """The answer to one link. Everything but the verdict is None or empty unless the document is issued."""

    verdict: LinkVerdict
    checked_at: datetime
    issuer: str | None = None
    school_year: str | None = None
    masked_name: str | None = None
    signers: tuple[LinkSigner, ...] = ()
    file_sha256: Sha256 | None = None
    short_code: str | None = None


def masked(name: str) -> str:
    """The initial of every word (`Nguyễn Thị Ánh` -> `N. T. Á.`): names are not assumed family-first."""
    return " ".join(f"{word[0]}." for word in name.split())


def look_up_link(token: LinkToken, *, database: Database, blobs: BlobStore, now: datetime) -> LinkAnswer:
    """Answer a link.

    A document that is not archived yet is as unknown as one that never was: nothing is said before it is issued. Bytes that are no longer
    what was archived, a record that this version cannot read, or a database that does not answer, make the answer "cannot tell right now",
    never "valid".
    """
    try:
        with database.begin() as unit:
            document = unit.documents.by_link(token)
        if document is None or document.state is not CaseState.ARCHIVED or document.report is None:
            return LinkAnswer(LinkVerdict.UNKNOWN, now)
        blobs.get(document.head)
        record = read_record(blobs.get(document.record_blob))
        report = json.loads(blobs.get(document.report))
    except SigningServiceError:
        return LinkAnswer(LinkVerdict.CANNOT_TELL, now)
    return _answer(document, record, report, now)


def _answer(document: StoredDocument, record: TranscriptRecord, report: dict[str, Any], now: datetime) -> LinkAnswer:
    transcript = record.transcript
    return LinkAnswer(
        verdict=LinkVerdict.VALID,
        checked_at=now,
        issuer=transcript.issuer.school_name,
        school_year=transcript.school_year,
        masked_name=masked(transcript.pupil.name),
        signers=tuple(
            LinkSigner(signature["role"], datetime.fromisoformat(signature["signed_at"]))
            for signature in report["signatures"]
            if signature["role"] in set(SigningRole)
        ),
        file_sha256=document.head,
        short_code=document.short_code,
    )
