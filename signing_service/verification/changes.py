"""What a later revision changed of what a viewer shows, found by comparing two object graphs.

The comparison starts at both catalogs and follows every reference; object numbers and cross-reference bookkeeping do not
matter, only what is reached. A subtree in which a change is allowed is not descended into, so an object that is also reached
from elsewhere is still compared there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pyhanko.pdf_utils import generic

from signing_service.verification.pdf_graph import UNREADABLE, FormField, Key, PdfGraph, items_of, key_of, resolve
from signing_service.verification.pdf_links import Links, in_reader
from signing_service.verification.shown_metadata import shown_properties


class ChangeKind(StrEnum):
    """Classes of later changes; the values are stable reason codes."""

    EXTENSION = "extension"
    """Validation data, extension declarations, version or metadata: nothing that is shown."""
    SIGNATURE = "signature"
    DOCUMENT_TIMESTAMP = "document-timestamp"
    FORM_FILLED = "form-filled"
    ANNOTATION = "annotation"
    LATE_DEFINITION = "late-definition"
    """G4: a signed object pointed at nothing, and a later revision put something there."""
    UNDEFINED = "undefined-change"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `where` names the field, or the path from the catalog."""

    kind: ChangeKind
    where: str


_MOST_PAIRS: Final = 500_000
_LONGEST_PATH: Final = 500
_FONT_DEPTH: Final = 3
"""Slashes in /AcroForm/DR/Font, below which nothing may grow any more."""
_EXTENSION_KEYS: Final = frozenset({"/DSS", "/Extensions", "/Version", "/Metadata"})
_TRAILER_BOOKKEEPING: Final = frozenset(
    {"/Root", "/Info", "/ID", "/Size", "/Prev", "/XRefStm", "/Encrypt", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms"}
)
_PRIVATE_MARKS: Final = frozenset({"/ITXT", "/ParentTreeNextKey"})
"""A version mark that iText renews in the page tree, and the next free key of the structure tree; no viewer shows them."""
_STRUCTURE_GROWS: Final = {"/K": 1, "/Nums": 2}
"""Lists of a tagged document to which a new signature field adds its element, and how many members an addition takes."""
_ELEMENT_OF_FIELD: Final = frozenset({"/Type", "/S", "/P", "/Pg", "/K", "/Alt", "/Lang"})
_FORM_HARMLESS: Final = frozenset({"/SigFlags"})
_FORM_MAY_GROW: Final = frozenset({"/DR", "/DA"})
_SIGNING_TOUCHES: Final = frozenset({"/V", "/AP", "/F", "/M", "/MK", "/P", "/DA", "/AS", "/Type"})
_FILLING_TOUCHES: Final = frozenset({"/V", "/AP", "/AS", "/I", "/RV", "/M", "/MK", "/DA"})

_TEXT = (generic.TextStringObject, generic.ByteStringObject)
_NUMBER = (generic.NumberObject, generic.FloatObject)
_Dict = generic.DictionaryObject
_NOTHING: Final = generic.NullObject()


def changes_between(old: PdfGraph, new: PdfGraph, links: Links | None = None) -> tuple[Change, ...]:
    """Everything that differs, in the order of a walk from the catalog. `old` was read from a prefix of the bytes of `new`.

    `links` remembers what was parsed, for the next comparison within the same file.

    Raises:
        one of `pdf_graph.UNREADABLE`: an object cannot be read, or the graph is larger than half a million pairs.
    """
    return tuple(dict.fromkeys(_Comparison(old, new, Links() if links is None else links).run()))


class _Comparison:
    """One walk over two graphs; an explicit stack, because foreign nesting is deeper than Python's."""

    def __init__(self, old: PdfGraph, new: PdfGraph, links: Links) -> None:
        self._old, self._new, self._links = old, new, links
        # The catalog has rules of its own; who meets it again, such as a signature reference's /Data, learns nothing new.
        self._seen: set[tuple[Key | None, Key | None, bool]] = {(_root_key(old), _root_key(new), False)}
        self._stack: list[tuple[Any, Any, str, str]] = []
        self._replaced_appearances: list[tuple[Key, str]] = []
        self._old_fields = _by_widget(old)
        self._new_fields = _by_widget(new)
        self._old_named = {one.name: one for one in old.fields}
        self._new_named = {one.name: one for one in new.fields}

    def run(self) -> Iterator[Change]:
        yield from self._catalog()
        if not self._shows_the_same_metadata():
            yield Change(ChangeKind.UNDEFINED, "/Metadata")
        if len(self._old.pages) != len(self._new.pages):
            yield Change(ChangeKind.UNDEFINED, "/Pages")
        pairs = 0
        while self._stack:
            pairs += 1
            if pairs > _MOST_PAIRS:
                raise ValueError("graph-too-large")
            yield from self._pair(*self._stack.pop())
        met = {old for old, _, _ in self._seen} | set(_private_trailer_references(self._old))
        for key, name in self._replaced_appearances:
            if key in met:
                # Prepared before signing: what is drawn in the field is also drawn, or kept, somewhere else.
                yield Change(ChangeKind.UNDEFINED, f"appearance shared: {name}")

    def _catalog(self) -> Iterator[Change]:
        old, new = self._old.root, self._new.root
        for name in _keys(old, new):
            before, after = _raw(old, name), _raw(new, name)
            if name in _EXTENSION_KEYS:
                if not _is_same_reference(before, after) or name in {"/DSS", "/Metadata"}:
                    yield Change(ChangeKind.EXTENSION, name)
            elif name == "/AcroForm":
                yield from self._form(resolve(before), resolve(after))
            else:
                self._push(before, after, name, "other")

    def _shows_the_same_metadata(self) -> bool:
        try:
            return shown_properties(self._old) == shown_properties(self._new)
        except UNREADABLE:
            return False

    def _form(self, old: Any, new: Any) -> Iterator[Change]:  # noqa: ANN401 - PDF objects of any kind
        if not isinstance(new, _Dict):
            yield Change(ChangeKind.UNDEFINED, "/AcroForm")
            return
        old = old if isinstance(old, _Dict) else _empty()
        for name in _keys(old, new):
            before, after = _raw(old, name), _raw(new, name)
            if name == "/Fields":
                yield from self._added(resolve(before), resolve(after), "/AcroForm/Fields")
            elif name in _FORM_MAY_GROW:
                self._push(before, after, f"/AcroForm{name}", "may-grow")
            elif name not in _FORM_HARMLESS:
                self._push(before, after, f"/AcroForm{name}", "other")

    def _added(self, old: Any, new: Any, where: str) -> Iterator[Change]:  # noqa: ANN401 - PDF objects of any kind
        """Arrays of fields or annotations: the old members stay in order, every further one is a new signature field's."""
        before = [one for one in _members(old) if not isinstance(resolve(one), generic.NullObject)]
        after = [one for one in _members(new) if not isinstance(resolve(one), generic.NullObject)]
        kept = {key for key in map(key_of, before) if key}
        fresh = [one for one in after if key_of(one) not in kept]
        stay = [one for one in after if key_of(one) in kept]
        if len(after) == len(before) and len(stay) != len(before):
            fresh, stay = [], after
        if len(stay) != len(before):
            yield Change(ChangeKind.UNDEFINED, where)
            return
        for index, (one, other) in enumerate(zip(before, stay, strict=True)):
            self._push(one, other, f"{where}/{index}", "other")
        for one in fresh:
            yield from self._judge_addition(one, where)

    def _judge_addition(self, raw: Any, where: str) -> Iterator[Change]:  # noqa: ANN401 - a PDF object of any kind
        key = key_of(raw)
        owner = self._new_fields.get(key) if key else None
        if owner is None and where.endswith("/Fields"):
            # A field whose terminal descendants are all new signature fields.
            below = [one for one in self._new.fields if key in _ancestors(one)]
            if not below or any(one.kind != "/Sig" or one.name in self._old_named for one in below):
                yield Change(ChangeKind.UNDEFINED, where)
            for one in below:
                yield self._signed(one)
        elif owner is None:
            yield Change(ChangeKind.ANNOTATION, where)
        elif owner.kind != "/Sig" or not self._was_empty(owner.name):
            yield Change(ChangeKind.UNDEFINED, f"{where}: {owner.name}")
        else:
            yield self._signed(owner)

    def _was_empty(self, name: str) -> bool:
        return name not in self._old_named or self._old_named[name].value is None

    @staticmethod
    def _signed(owner: FormField) -> Change:
        value = owner.value
        stamp = isinstance(value, _Dict) and "/SubFilter" in value and value["/SubFilter"] == "/ETSI.RFC3161"
        return Change(ChangeKind.DOCUMENT_TIMESTAMP if stamp else ChangeKind.SIGNATURE, owner.name)

    def _push(self, old: Any, new: Any, where: str, rule: str) -> None:  # noqa: ANN401 - PDF objects of any kind
        # Once under each rule: what may grow in one place may not where a page uses it.
        pair = (key_of(old), key_of(new), rule == "may-grow")
        if pair[:2] != (None, None):
            if pair in self._seen:
                return
            self._seen.add(pair)
        self._stack.append((old, new, where, rule))

    def _pair(self, raw_old: Any, raw_new: Any, where: str, rule: str) -> Iterator[Change]:  # noqa: ANN401
        key = key_of(raw_old)
        if rule == "other" and key is not None and key == key_of(raw_new) and self._is_untouched(key):
            for path, link in self._links.of(self._old, key):
                self._push(in_reader(link, self._old), in_reader(link, self._new), _shortened(where + path), "other")
            return
        old, new = resolve(raw_old), resolve(raw_new)
        if isinstance(old, generic.NullObject) and not isinstance(new, generic.NullObject):
            if rule == "may-grow":
                return
            late = isinstance(raw_old, generic.IndirectObject)
            yield Change(ChangeKind.LATE_DEFINITION if late else ChangeKind.UNDEFINED, where)
        elif isinstance(old, _Dict) and isinstance(new, _Dict):
            yield from self._dictionaries(old, new, (key_of(raw_old), key_of(raw_new)), where, rule)
        elif isinstance(old, generic.ArrayObject) and isinstance(new, generic.ArrayObject):
            before, after = _members(old), _members(new)
            if len(before) != len(after) and rule != "may-grow":
                yield Change(ChangeKind.UNDEFINED, where)
                return
            for index, (one, other) in enumerate(zip(before, after, strict=False)):
                self._push(one, other, f"{where}/{index}", "other")
        elif not _is_equal(old, new) and not (rule == "may-grow" and where == "/AcroForm/DA"):
            yield Change(ChangeKind.UNDEFINED, where)

    def _is_untouched(self, key: Key) -> bool:
        """Whether both revisions read the same octets of the file, and no rule of its own is meant for the object."""
        if key in self._old.pages or key in self._old_fields or key in self._new_fields:
            return False
        place = self._old.place_of(key)
        return place is not None and place == self._new.place_of(key)

    def _dictionaries(self, old: _Dict, new: _Dict, keys: tuple[Key | None, Key | None], where: str, rule: str) -> Iterator[Change]:
        if not _is_same_stream(old, new):
            yield Change(ChangeKind.UNDEFINED, where)
            return
        own, later = keys
        owner = self._old_fields.get(own) if own else None
        current = self._new_fields.get(later) if later else None
        for name in _keys(old, new):
            before, after = _raw(old, name), _raw(new, name)
            place = _shortened(where + name)
            if name in _PRIVATE_MARKS or (rule == "may-grow" and name == "/XObject"):
                # Nothing draws these: a version mark, and what default appearances could use but fonts (ISO 32000-1, 12.7.3.3).
                continue
            if own in self._old.pages and name == "/Annots":
                yield from self._added(resolve(before), resolve(after), place)
            elif name in _STRUCTURE_GROWS and self._only_tags_signatures(resolve(before), resolve(after), _STRUCTURE_GROWS[name]):
                for index, (one, other) in enumerate(zip(_members(resolve(before)), _members(resolve(after)), strict=False)):
                    self._push(one, other, f"{place}/{index}", "other")
            elif owner is not None and owner.kind == "/Sig" and owner.value is None and name in _SIGNING_TOUCHES:
                yield from self._signing(name, before, after, place, current)
            elif owner is not None and owner.kind != "/Sig" and name in _FILLING_TOUCHES:
                if not self._same(before, after):
                    yield self._filled(owner, place)
            else:
                may_grow = rule == "may-grow" and where.count("/") <= _FONT_DEPTH
                self._push(before, after, place, "may-grow" if may_grow else "other")

    def _only_tags_signatures(self, old: Any, new: Any, step: int) -> bool:  # noqa: ANN401 - PDF objects of any kind
        """Whether a list grew at its end, and only by elements of signature fields that are new: nothing else is read out differently."""
        before, after = _members(old), _members(new)
        extra = after[len(before) :]
        if not before or not extra or len(extra) % step:
            return False
        return all(self._tags_new_signature(resolve(one)) for one in extra[step - 1 :: step])

    def _tags_new_signature(self, element: Any) -> bool:  # noqa: ANN401 - a PDF object of any kind
        if not isinstance(element, _Dict) or not set(element) <= _ELEMENT_OF_FIELD or element.get("/S") != "/Form":
            return False
        inside = resolve(element.raw_get("/K")) if "/K" in element else None
        inside = resolve(_members(inside)[0]) if len(_members(inside)) == 1 else inside
        if not isinstance(inside, _Dict) or inside.get("/Type") != "/OBJR" or "/Obj" not in inside:
            return False
        owner = self._new_fields.get(key_of(inside.raw_get("/Obj")) or (0, 0))
        return owner is not None and owner.kind == "/Sig" and self._was_empty(owner.name)

    def _filled(self, owner: FormField, place: str) -> Change:
        """Filling gives a new value. A new picture of the old value shows what nobody filled in (shadow attack, "replace by overlay")."""
        later = self._new_named.get(owner.name)
        if later is None or _is_equal(owner.value or _NOTHING, later.value or _NOTHING):
            return Change(ChangeKind.UNDEFINED, place)
        return Change(ChangeKind.FORM_FILLED, owner.name)

    def _signing(self, name: str, before: Any, after: Any, place: str, current: FormField | None) -> Iterator[Change]:  # noqa: ANN401 - one entry of a signature field, PDF objects of any kind
        """An entry that signing may touch, of a field that was empty before."""
        if current is not None and current.value is not None:
            yield self._signed(current)
            shown = key_of(before) if name == "/AP" else None
            if shown is not None:
                self._replaced_appearances.append((shown, current.name))
        elif name != "/V":
            self._push(before, after, place, "other")

    def _same(self, before: Any, after: Any) -> bool:  # noqa: ANN401 - PDF objects of any kind
        inner = _Comparison(self._old, self._new, self._links)
        inner._push(before, after, "", "other")
        while inner._stack:
            if next(inner._pair(*inner._stack.pop()), None) is not None:
                return False
        return True


def _is_same_stream(old: _Dict, new: _Dict) -> bool:
    """Whether both are plain dictionaries, or streams of the same octets."""
    if isinstance(old, generic.StreamObject) and isinstance(new, generic.StreamObject):
        return bool(old.encoded_data == new.encoded_data)
    return isinstance(old, generic.StreamObject) == isinstance(new, generic.StreamObject)


def _shortened(place: str) -> str:
    """A path is for reading; nothing depends on it."""
    return place if len(place) <= _LONGEST_PATH else "…" + place[-_LONGEST_PATH + 100 :]


def _empty() -> _Dict:
    return _Dict()  # type: ignore[no-untyped-call]  # pyHanko leaves its constructor untyped


def _private_trailer_references(graph: PdfGraph) -> Iterator[Key]:
    trailer = graph.reader.trailer_view
    for name in trailer:
        if name not in _TRAILER_BOOKKEEPING:
            key = key_of(trailer.raw_get(name))
            if key is not None:
                yield key


def _root_key(graph: PdfGraph) -> Key:
    return graph.reader.root_ref.idnum, graph.reader.root_ref.generation


def _by_widget(graph: PdfGraph) -> dict[Key, FormField]:
    return {key: one for one in graph.fields for key in one.widgets}


def _ancestors(one: FormField) -> set[Key]:
    found: set[Key] = set()
    here: Any = one.dictionary
    while isinstance(here, _Dict) and "/Parent" in here:
        raw = here.raw_get("/Parent")
        key = key_of(raw)
        if key is None or key in found:
            break
        found.add(key)
        here = resolve(raw)
    return found


def _keys(old: _Dict, new: _Dict) -> list[str]:
    return list(dict.fromkeys([*old, *new]))


def _raw(dictionary: _Dict, name: str) -> Any:  # noqa: ANN401 - a PDF object of any kind
    return dictionary.raw_get(name) if name in dictionary else generic.NullObject()


def _members(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a PDF object of any kind
    return items_of(value) if isinstance(value, generic.ArrayObject) else ()


def _is_same_reference(old: Any, new: Any) -> bool:  # noqa: ANN401 - PDF objects of any kind
    return key_of(old) == key_of(new) and (key_of(old) is not None or _is_equal(old, new))


def _is_equal(old: Any, new: Any) -> bool:  # noqa: ANN401 - PDF objects of any kind
    if isinstance(old, generic.NullObject) or isinstance(new, generic.NullObject):
        return isinstance(old, generic.NullObject) and isinstance(new, generic.NullObject)
    if isinstance(old, _TEXT) and isinstance(new, _TEXT):
        return bool(old.original_bytes == new.original_bytes)
    if isinstance(old, _NUMBER) and isinstance(new, _NUMBER):
        return float(old) == float(new)
    return type(old) is type(new) and bool(old == new)
