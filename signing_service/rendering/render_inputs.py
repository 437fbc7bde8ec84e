"""`render.json`: the part of a document's making that the record does not hold, attached so that a stranger can render it again."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from signing_service.errors import InvalidInputError
from signing_service.ids import ShortCode
from signing_service.rendering.attachments import Attachment, Relationship
from signing_service.rendering.document import PrintedLink

RECORD_ATTACHMENT: Final = "hoc-ba.json"
"""Name of the attached canonical record."""

RENDER_ATTACHMENT: Final = "render.json"
"""Name of the attachment that this module reads and writes."""

_SIZE_LIMIT: Final = 4096


@dataclass(frozen=True, slots=True)
class AttachmentInputs:
    """A further associated file, but for its bytes, which stand beside it in the file."""

    name: str
    mime: str
    relationship: Relationship
    description: str

    @classmethod
    def of(cls, attachment: Attachment) -> "AttachmentInputs":
        """What is remembered of an attachment."""
        return cls(attachment.name, attachment.mime, attachment.relationship, attachment.description)

    def with_data(self, data: bytes) -> Attachment:
        """The attachment again, from the bytes that the file carries under its name."""
        return Attachment(self.name, self.mime, data, self.relationship, self.description)


@dataclass(frozen=True, slots=True)
class RenderInputs:
    """Everything that, with the record, decides every byte of the file."""

    template: str
    typst: str
    fonts: tuple[str, ...]
    link: str
    short_code: str
    attachments: tuple[AttachmentInputs, ...] = ()
    """Files beyond the record and this one, in their order."""

    def to_json(self) -> bytes:
        """Canonical JSON (sorted names, no spaces, UTF-8): all values are strings, so this is RFC 8785.

        `attachments` is left out where there are none.
        """
        named = {name: value for name, value in asdict(self).items() if value != ()}
        return json.dumps(named, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def printed_link(self) -> PrintedLink:
        """The link and code as `render_transcript` takes them."""
        return PrintedLink(url=self.link, short_code=ShortCode(self.short_code))

    @classmethod
    def from_json(cls, render_json: bytes) -> "RenderInputs":
        """Read an attached `render.json` of any origin.

        Raises:
            InvalidInputError: not at most 4,096 bytes of such JSON (`render-inputs-unreadable`).
        """
        if len(render_json) > _SIZE_LIMIT:
            raise _unreadable()
        try:
            read = json.loads(render_json.decode())
        except (ValueError, RecursionError):
            raise _unreadable() from None
        if not isinstance(read, dict):
            raise _unreadable()
        attachments = read.pop("attachments", [])
        if set(read) != set(cls.__slots__) - {"attachments"}:
            raise _unreadable()
        fonts = read.pop("fonts")
        if not isinstance(fonts, list) or not all(isinstance(value, str) for value in (*fonts, *read.values())):
            raise _unreadable()
        if not isinstance(attachments, list):
            raise _unreadable()
        return cls(fonts=tuple(fonts), attachments=tuple(map(_attachment_inputs, attachments)), **read)


def _attachment_inputs(read: Any) -> AttachmentInputs:  # noqa: ANN401 - any JSON value of a stranger
    if not isinstance(read, dict) or set(read) != set(AttachmentInputs.__slots__) or not all(isinstance(v, str) for v in read.values()):
        raise _unreadable()
    try:
        relationship = Relationship(read.pop("relationship"))
    except ValueError:
        raise _unreadable() from None
    return AttachmentInputs(relationship=relationship, **read)


def _unreadable() -> InvalidInputError:
    return InvalidInputError(
        "render-inputs-unreadable",
        vi=f"Tệp đính kèm {RENDER_ATTACHMENT} không đọc được, nên không in lại được học bạ để so sánh.",
        en=f"The attachment {RENDER_ATTACHMENT} cannot be read, so the document cannot be rendered again for comparison.",
    )


def inputs_from(render_json: bytes) -> PrintedLink:
    """The printed link inside an attached `render.json`.

    Raises:
        InvalidInputError: the attachment is not ours to read (`render-inputs-unreadable`).
    """
    return RenderInputs.from_json(render_json).printed_link
