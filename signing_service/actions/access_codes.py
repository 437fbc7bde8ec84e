"""Draw the access codes (mã truy cập) of handed-out documents, and replace one; each is told once and kept as a hash only."""

import os
import secrets
from collections.abc import Iterable
from typing import Final, NewType

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from signing_service.access.policy import Actor, Permission, require
from signing_service.actions.access_code_store import StoredAccessCode
from signing_service.actions.repositories import Database, StoredDocument
from signing_service.actions.typed_codes import CROCKFORD, grouped, typed_code
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import RefusedError
from signing_service.ids import DocumentId
from signing_service.records.kinds import DocumentKind
from signing_service.workflow.case import CaseState

AccessCode = NewType("AccessCode", str)
"""Forty random bits as `XXXX-XXXX` in Crockford's base32; stands on the detachable half of the slip and nowhere else."""

_CHARACTERS: Final = 8
_SALT_OCTETS: Final = 16
_HASH_OCTETS: Final = 32
# 32 MiB twice over: about 45 ms a try on one core, so that a stolen table is slow to guess through.
_MEMORY_KIB: Final = 32 * 1024
_ITERATIONS: Final = 2


def issue_access_codes(documents: Iterable[StoredDocument], *, database: Database, clock: Clock) -> dict[DocumentId, AccessCode]:
    """Draw a code for each issued transcript that has none yet, and return exactly those drawn: nobody can ask for them again.

    A document that is not issued, is no transcript or has a code already is left out; a lost code is replaced, never read.
    """
    with database.read() as unit:
        without = [document for document in documents if _is_opened_by_code(document) and unit.access_codes.get(document.document) is None]
    drawn = {document.document: _draw() for document in without}
    # Hashed outside the transaction: a class takes two seconds.
    rows = [StoredAccessCode(document, hashed(code), clock.now()) for document, code in drawn.items()]
    with database.begin() as unit:
        for row in rows:
            if unit.access_codes.get(row.document) is None:
                unit.access_codes.put(row)
            else:
                del drawn[row.document]
    return drawn


def replace_access_code(actor: Actor, document: DocumentId, *, database: Database, clock: Clock) -> AccessCode:
    """Draw a new code for a document; the old one opens nothing from now on, and its wrong tries are forgotten.

    Raises:
        RefusedError: the actor may not hand out this class (`not-permitted`), or there is nothing that a code would open
            (`no-access-code`).
    """
    with database.read() as unit:
        stored = unit.documents.get(document)
    if stored is None or not _is_opened_by_code(stored):
        raise RefusedError(
            "no-access-code",
            vi="Hồ sơ này chưa phát hành hoặc không dùng mã truy cập.",
            en="This document is not issued, or is of a kind that no access code opens.",
        )
    now = clock.now()
    require(actor, Permission.TRANSCRIPT_HAND_OUT, stored.batch, on=now.astimezone(VIETNAM).date())
    code = _draw()
    row = StoredAccessCode(document, hashed(code), now)
    with database.begin() as unit:
        unit.access_codes.put(row)
    return code


def read_access_code(typed: str) -> AccessCode | None:
    """The code that somebody typed, or None when it cannot be one."""
    code = typed_code(typed, _CHARACTERS)
    return None if code is None else AccessCode(code)


def hashed(code: AccessCode) -> str:
    """The PHC string of a code under a fresh salt."""
    kdf = Argon2id(salt=os.urandom(_SALT_OCTETS), length=_HASH_OCTETS, iterations=_ITERATIONS, lanes=1, memory_cost=_MEMORY_KIB)
    return kdf.derive_phc_encoded(code.encode())


def matches(code: AccessCode, phc: str) -> bool:
    """Whether `phc` is the hash of `code`; takes as long as drawing the hash did."""
    try:
        Argon2id.verify_phc_encoded(code.encode(), phc)
    except InvalidKey:
        return False
    return True


def _is_opened_by_code(document: StoredDocument) -> bool:
    return document.kind is DocumentKind.TRANSCRIPT and document.state is CaseState.ARCHIVED


def _draw() -> AccessCode:
    return AccessCode(grouped("".join(secrets.choice(CROCKFORD) for _ in range(_CHARACTERS))))
