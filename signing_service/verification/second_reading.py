"""G3: another parser counts the filled signature fields, so that none is passed over because ours could not see it."""

import logging
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

_DEEPEST: Final = 64
_MOST_NODES: Final = 10_000

# As for pyHanko: its remarks on foreign files say more of their content than a log may hold.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


def count_filled_signature_fields(pdf: bytes) -> int | None:
    """How many fields of type /Sig have a value, as pypdf reads them; None when pypdf cannot tell."""
    try:
        reader = PdfReader(BytesIO(pdf), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return None
        form = _resolved(reader.root_object.get("/AcroForm"))
        return _count(_resolved(form.get("/Fields"))) if isinstance(form, DictionaryObject) else 0
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError, NotImplementedError, OSError):
        return None


def _count(fields: Any) -> int | None:  # noqa: ANN401 - a PDF object of any kind
    waiting: list[tuple[Any, str | None, int]] = [(field, None, 0) for field in _members(fields)]
    count = nodes = 0
    while waiting:
        raw, inherited, depth = waiting.pop()
        nodes += 1
        if depth > _DEEPEST or nodes > _MOST_NODES:
            return None
        field = _resolved(raw)
        if not isinstance(field, DictionaryObject):
            continue
        kind = str(field["/FT"]) if "/FT" in field else inherited
        value = _resolved(field.get("/V"))
        count += kind == "/Sig" and isinstance(value, DictionaryObject)
        waiting += [(kid, kind, depth + 1) for kid in _members(_resolved(field.get("/Kids"))) if _is_field(kid)]
    return count


def _is_field(raw: Any) -> bool:  # noqa: ANN401 - a PDF object of any kind
    node = _resolved(raw)
    return isinstance(node, DictionaryObject) and "/T" in node


def _members(value: Any) -> list[Any]:  # noqa: ANN401 - a PDF object of any kind
    return list(value) if isinstance(value, ArrayObject) else []


def _resolved(value: Any) -> Any:  # noqa: ANN401 - a PDF object of any kind
    return value.get_object() if isinstance(value, IndirectObject) else value
