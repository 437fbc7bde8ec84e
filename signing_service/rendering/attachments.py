"""Files that a document carries beside its pages (ISO 32000-2, 14.13; ISO 19005-3, 6.8)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Relationship(StrEnum):
    """`AFRelationship`: what an associated file is to the document."""

    DATA = "data"
    SUPPLEMENT = "supplement"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One associated file; names are unique within a document."""

    name: str
    """File name, such as `phieu-diem-mon.json`."""
    mime: str
    data: bytes
    relationship: Relationship
    description: str
    """In Vietnamese, for whoever opens the list of attachments."""


def attached_json(attachments: Sequence[Attachment]) -> str:
    """The files as the template `attached.typ` takes them, in their order."""
    return json.dumps([_attached(attachment) for attachment in attachments], ensure_ascii=False)


def _attached(attachment: Attachment) -> dict[str, str | list[int]]:
    return {
        "name": attachment.name,
        "mime-type": attachment.mime,
        "relationship": attachment.relationship,
        "description": attachment.description,
        "content": _content(attachment.data),
    }


def _content(data: bytes) -> str | list[int]:
    """Text where it is text, because Typst reads a string far faster than a list of bytes."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return list(data)
