"""A PDF as a graph of objects, read strictly by pyHanko: what a viewer of exactly these bytes would find."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.decode_limits import DecodeLimits
from pyhanko.pdf_utils.misc import PdfError, PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjStreamRef

UNREADABLE: Final = (
    PdfError,
    ValueError,
    OSError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    MemoryError,
    OverflowError,
)
"""What pyHanko was seen to raise on foreign files, documented or not."""

_DEEPEST: Final = 64
_XREF_KEYWORD: Final = len("xref \r\n")
_MOST_FIELDS: Final = 10_000
_MOST_PAGES: Final = 20_000

Key = tuple[int, int]
"""Number and generation of an indirect object."""

Place = tuple[int, int | None]
"""Offset of an object in the file, or of its object stream with its index therein."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One terminal form field: its dictionary, where it stands, its full name and inherited type."""

    name: str
    kind: str | None
    dictionary: generic.DictionaryObject
    key: Key | None
    widgets: tuple[Key, ...]

    @property
    def value(self) -> Any:  # noqa: ANN401 - a PDF object of any kind
        """Its /V, resolved; None when there is none."""
        found = resolve(self.dictionary.raw_get("/V")) if "/V" in self.dictionary else None
        return None if isinstance(found, generic.NullObject) else found


@dataclass(frozen=True, slots=True)
class PdfGraph:
    """One revision. `fields` are all terminal fields; `unreadable_fields` counts those that could not be followed."""

    reader: PdfFileReader = field(repr=False)
    root: generic.DictionaryObject = field(repr=False)
    fields: tuple[FormField, ...]
    unreadable_fields: int
    pages: frozenset[Key]

    def reads_section_at(self, offset: int) -> bool:
        """Whether a cross-reference section that stands there is among those that make up the file."""
        history = self.reader.xrefs
        starts = (history.get_xref_container_info(revision).start_location for revision in range(history.total_revisions))
        # pyHanko tells where a table's entries begin, which is behind the keyword.
        return any(0 <= start - offset <= _XREF_KEYWORD for start in starts)

    def place_of(self, key: Key) -> Place | None:
        """Where in the file the object is read from, None for a missing one."""
        entry = self.reader.xrefs[_reference(key, self.reader)]
        if isinstance(entry, ObjStreamRef):
            container = self.reader.xrefs[_reference((entry.obj_stream_id, 0), self.reader)]
            return (container, entry.ix_in_stream) if isinstance(container, int) else None
        return (entry, None) if isinstance(entry, int) else None

    def signature_fields(self) -> tuple[FormField, ...]:
        """The fields of type /Sig."""
        return tuple(one for one in self.fields if one.kind == "/Sig")


def _reference(key: Key, reader: PdfFileReader) -> generic.Reference:
    return generic.Reference(idnum=key[0], generation=key[1], pdf=reader)


def resolve(value: Any) -> Any:  # noqa: ANN401 - a PDF object of any kind
    """What a reference leads to, or the value itself; a missing object is null (ISO 32000-1, 7.3.10)."""
    for _ in range(_DEEPEST):
        if not isinstance(value, generic.IndirectObject):
            return value
        # Asked first, because strict reading refuses a dangling reference, which the standard calls null.
        is_missing = value.get_pdf_handler().xrefs[value.reference] is None  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
        value = generic.NullObject() if is_missing else value.get_object()  # type: ignore[no-untyped-call]  # as above
    raise PdfReadError("reference-loop")


def key_of(value: Any) -> Key | None:  # noqa: ANN401 - a PDF object of any kind
    """The number and generation of a reference, None for a direct object."""
    return (value.idnum, value.generation) if isinstance(value, generic.IndirectObject) else None


def open_graph(pdf: bytes) -> PdfGraph:
    """Read `pdf` strictly, its form and page tree included. An encrypted file is opened with the empty password.

    Raises:
        one of `UNREADABLE`: it cannot be read strictly.
    """
    reader = PdfFileReader(BytesIO(pdf), strict=True, decode_limits=DecodeLimits())
    if reader.encrypted and reader.decrypt("").status == AuthStatus.FAILED:
        raise PdfReadError("password-needed")
    root = reader.root
    pages = frozenset(_pages(root.raw_get("/Pages")))
    form = resolve(root.raw_get("/AcroForm")) if "/AcroForm" in root else None
    walk = _FieldWalk()
    if isinstance(form, generic.DictionaryObject) and "/Fields" in form:
        for kid in _items(resolve(form.raw_get("/Fields"))):
            walk.visit(kid)
    return PdfGraph(reader, root, tuple(walk.found), walk.unreadable, pages)


def _items(value: Any) -> Iterator[Any]:  # noqa: ANN401 - a PDF object of any kind
    if isinstance(value, generic.ArrayObject):
        for index in range(len(value)):
            yield value.raw_get(index)


def items_of(value: generic.ArrayObject) -> tuple[Any, ...]:
    """The members of an array, references unresolved."""
    return tuple(_items(value))


class _FieldWalk:
    """Finds the terminal fields of a form, and counts what cannot be followed."""

    def __init__(self) -> None:
        self.found: list[FormField] = []
        self.unreadable = 0

    def visit(self, raw: Any, parent: str = "", kind: str | None = None, depth: int = 0) -> None:  # noqa: ANN401 - a PDF object of any kind
        try:
            node = resolve(raw)
            if not isinstance(node, generic.DictionaryObject) or depth > _DEEPEST:
                self.unreadable += not isinstance(node, generic.NullObject)
                return
            kind = str(node["/FT"]) if "/FT" in node else kind
            part = str(node["/T"]) if "/T" in node else ""
            name = f"{parent}.{part}" if parent and part else parent or part
            kids = tuple(_items(resolve(node.raw_get("/Kids")))) if "/Kids" in node else ()
            named = tuple(kid for kid in kids if _is_field(kid))
        except UNREADABLE:
            self.unreadable += 1
            return
        for kid in named:
            self.visit(kid, name, kind, depth + 1)
        if not named or "/V" in node:
            widgets = tuple(key for key in (key_of(raw), *map(key_of, kids)) if key is not None)
            self.found.append(FormField(name, kind, node, key_of(raw), widgets))
        if len(self.found) + self.unreadable > _MOST_FIELDS:
            raise PdfReadError("too-many-fields")


def _is_field(raw: Any) -> bool:  # noqa: ANN401 - a PDF object of any kind
    node = resolve(raw)
    return isinstance(node, generic.DictionaryObject) and "/T" in node


def _pages(raw: Any) -> Iterator[Key]:  # noqa: ANN401 - a PDF object of any kind
    seen: set[Key] = set()
    waiting = [raw]
    while waiting:
        here = waiting.pop()
        key = key_of(here)
        if key is None or key in seen:
            continue
        seen.add(key)
        if len(seen) > _MOST_PAGES:
            raise PdfReadError("too-many-pages")
        node = resolve(here)
        if not isinstance(node, generic.DictionaryObject):
            raise PdfReadError("page-tree-node-malformed")
        if "/Kids" in node:
            waiting += items_of(resolve(node.raw_get("/Kids")))
        else:
            yield key
