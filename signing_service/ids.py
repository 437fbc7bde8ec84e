"""Typed identifiers: no bare string crosses a package boundary."""

import hashlib
import secrets
import uuid
from typing import NewType, TypeAlias

Sha256 = NewType("Sha256", str)
"""A SHA-256 digest as 64 lower-case hexadecimal digits: the name of every frozen value."""

RecordId = NewType("RecordId", str)
"""UUID version 4 with hyphens; it is also `MA_TRA_CUU_UUID` of the national format and is never reused."""

DocumentId = NewType("DocumentId", str)
"""UUID version 4 of one issued document through all its revisions."""

LinkToken = NewType("LinkToken", str)
"""The secret-free, unguessable last part of a verification link: 160 random bits as 32 base32 characters."""

ShortCode = NewType("ShortCode", str)
"""Sixty random bits as twelve Crockford base32 characters in three groups (`XXXX-XXXX-XXXX`), typed from paper."""

SchoolCode = NewType("SchoolCode", str)
UnitCode: TypeAlias = SchoolCode
"""The code of a school or an office: both stand in one directory, so the codes share one space."""

DecisionId = NewType("DecisionId", str)
"""UUID version 4 of one award decision."""

PersonCode = NewType("PersonCode", str)
"""The sector database's staff code (Mã định danh CBGVNV)."""

KeyId = NewType("KeyId", str)

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def sha256_of(data: bytes) -> Sha256:
    """The SHA-256 of `data`."""
    return Sha256(hashlib.sha256(data).hexdigest())


def new_record_id() -> RecordId:
    """A fresh random record identifier."""
    return RecordId(str(uuid.uuid4()))


def new_document_id() -> DocumentId:
    """A fresh random document identifier."""
    return DocumentId(str(uuid.uuid4()))


def new_decision_id() -> DecisionId:
    """A fresh random identifier of an award decision."""
    return DecisionId(str(uuid.uuid4()))


def new_key_id() -> KeyId:
    """A fresh random key identifier."""
    return KeyId(str(uuid.uuid4()))


def new_link_token() -> LinkToken:
    """160 fresh random bits."""
    return LinkToken("".join(secrets.choice(_CROCKFORD) for _ in range(32)).lower())


def new_short_code() -> ShortCode:
    """60 fresh random bits."""
    characters = "".join(secrets.choice(_CROCKFORD) for _ in range(12))
    return ShortCode("-".join(characters[i : i + 4] for i in (0, 4, 8)))
