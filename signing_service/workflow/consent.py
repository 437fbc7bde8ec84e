"""What a signer agrees to when a class is signed in one act: an exact list of files, named by their digests.

The consent is the SHA-256 of that list. It is stored before the key is opened and can be redeemed once.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from signing_service.ids import DocumentId, PersonCode, Sha256
from signing_service.workflow.case import SigningRole

ConsentId = NewType("ConsentId", str)

_DOMAIN = b"signing-service/consent/v1\n"


@dataclass(frozen=True, slots=True)
class ConsentItem:
    """One file to be signed: which document, and the exact bytes it has now."""

    document: DocumentId
    head: Sha256


@dataclass(frozen=True, slots=True)
class Consent:
    """An act waiting to be performed: who signs what in which capacity."""

    consent_id: ConsentId
    person: PersonCode
    role: SigningRole
    items: tuple[ConsentItem, ...]
    digest: Sha256
    given_at: datetime


def consent_digest(person: PersonCode, role: SigningRole, items: Sequence[ConsentItem]) -> Sha256:
    """The digest that stands for the whole list, in its order."""
    lines = [f"{person} {role}", *(f"{item.document} {item.head}" for item in items)]
    return Sha256(hashlib.sha256(_DOMAIN + "\n".join(lines).encode()).hexdigest())
