"""What a verification link says to anybody: the status, and no more about a child than a masked name."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from signing_service.actions.public_facts import PublicFacts, public_facts
from signing_service.actions.repositories import BlobStore, Database, StoredDocument, UnitOfWork
from signing_service.errors import SigningServiceError
from signing_service.ids import LinkToken, Sha256, ShortCode
from signing_service.records.kinds import DocumentKind
from signing_service.workflow.case import ISSUED, CaseState, SigningRole
from signing_service.workflow.recall import RecallReason


class LinkVerdict(StrEnum):
    """What the page answers."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    CANNOT_TELL = "cannot-tell-right-now"


_VERDICTS = {
    CaseState.ARCHIVED: LinkVerdict.VALID,
    CaseState.SUPERSEDED: LinkVerdict.SUPERSEDED,
    CaseState.RECALLED: LinkVerdict.REVOKED,
}


@dataclass(frozen=True, slots=True)
class LinkSigner:
    """One signature as the page shows it."""

    role: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """The answer to one link. Everything but the verdict is None or empty unless the document was issued."""

    verdict: LinkVerdict
    checked_at: datetime
    kind: DocumentKind | None = None
    facts: PublicFacts = field(default_factory=PublicFacts)
    signers: tuple[LinkSigner, ...] = ()
    file_sha256: Sha256 | None = None
    short_code: ShortCode | None = None
    revoked_at: datetime | None = None
    """When it was recalled; of a superseded document as well."""
    revocation_reason: RecallReason | None = None
    successor: LinkToken | None = None
    """The link of the document that took the place of a superseded one."""
    opens_with_code: bool = False
    """Whether an access code opens the marks."""


def look_up_link(token: LinkToken, *, database: Database, blobs: BlobStore, now: datetime) -> LinkAnswer:
    """Answer a link.

    A document that is not archived yet is as unknown as one that never was: nothing is said before it is issued. Bytes that are no longer
    what was archived, a record that this version cannot read, or a database that does not answer, make the answer "cannot tell right now",
    never "valid". That a document was recalled is said even when its bytes are gone.
    """
    try:
        with database.read() as unit:
            document = unit.documents.by_link(token)
            if document is None or document.state not in ISSUED or document.report is None:
                return LinkAnswer(LinkVerdict.UNKNOWN, now)
            answer = _status(unit, document, now)
    except SigningServiceError:
        return LinkAnswer(LinkVerdict.CANNOT_TELL, now)
    try:
        blobs.get(document.head)
        facts = public_facts(document.kind, blobs.get(document.shown_record))
        return replace(answer, facts=facts, signers=tuple(_signers(blobs.get(document.report))))
    except SigningServiceError:
        return LinkAnswer(LinkVerdict.CANNOT_TELL, now) if answer.verdict is LinkVerdict.VALID else answer


def find_by_short_code(code: ShortCode, *, database: Database) -> LinkToken | None:
    """The link of the issued document with this short code (mã tra cứu), or None.

    Raises:
        UnavailableError: the database does not answer.
    """
    with database.read() as unit:
        document = unit.documents.by_short_code(code)
    return document.link_token if document is not None and document.state in ISSUED else None


def _status(unit: UnitOfWork, document: StoredDocument, now: datetime) -> LinkAnswer:
    answer = LinkAnswer(
        verdict=_VERDICTS[document.state],
        checked_at=now,
        kind=document.kind,
        file_sha256=document.head,
        short_code=document.short_code,
        opens_with_code=document.state is CaseState.ARCHIVED and unit.access_codes.get(document.document) is not None,
    )
    if answer.verdict is LinkVerdict.VALID:
        return answer
    recall, successor = unit.recalls.standing(document.document), unit.documents.replacement_of(document.document)
    return replace(
        answer,
        revoked_at=None if recall is None else recall.decided_at,
        revocation_reason=None if recall is None else recall.reason,
        successor=successor.link_token if successor is not None and successor.state in ISSUED else None,
    )


def _signers(report: bytes) -> Iterator[LinkSigner]:
    roles = set(SigningRole)
    for signature in json.loads(report)["signatures"]:
        if signature["role"] in roles:
            yield LinkSigner(signature["role"], datetime.fromisoformat(signature["signed_at"]))
