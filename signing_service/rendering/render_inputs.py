"""`render.json`: the part of a document's making that the record does not hold, attached so that a stranger can render it again."""

import json
from dataclasses import asdict, dataclass
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.ids import ShortCode
from signing_service.rendering.document import PrintedLink

RECORD_ATTACHMENT: Final = "hoc-ba.json"
"""Name of the attached canonical record."""

RENDER_ATTACHMENT: Final = "render.json"
"""Name of the attachment that this module reads and writes."""

_SIZE_LIMIT: Final = 4096


@dataclass(frozen=True, slots=True)
class RenderInputs:
    """Everything that, with the record, decides every byte of the file."""

    template: str
    typst: str
    fonts: tuple[str, ...]
    link: str
    short_code: str

    def to_json(self) -> bytes:
        """Canonical JSON (sorted names, no spaces, UTF-8): all values are strings, so this is RFC 8785."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

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
        if not isinstance(read, dict) or set(read) != set(cls.__slots__):
            raise _unreadable()
        fonts = read.pop("fonts")
        if not isinstance(fonts, list) or not all(isinstance(value, str) for value in (*fonts, *read.values())):
            raise _unreadable()
        return cls(fonts=tuple(fonts), **read)


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
