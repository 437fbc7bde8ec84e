"""What is found in the file, signature by signature; nothing is decided here but what arithmetic and the guards decide."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from asn1crypto.parser import peek
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import EncryptedObjAccess

from signing_service.verification.byte_range import Covered, g1_hole_is_the_contents, holes_are_apart, read_byte_range, revision_end
from signing_service.verification.changes import Change, ChangeKind, changes_between
from signing_service.verification.cms import BadCmsError, SignedCms, SignedToken, check_cms, check_token
from signing_service.verification.material import Material, read_dss
from signing_service.verification.overlay import fields_laid_over
from signing_service.verification.pdf_graph import UNREADABLE, FormField, PdfGraph, open_graph, resolve
from signing_service.verification.pdf_links import Links
from signing_service.verification.report import SubIndication
from signing_service.verification.second_reading import count_filled_signature_fields

_MOST_SIGNATURES: Final = 50
_NO_MATERIAL: Final = Material()
_TIMESTAMP: Final = "/ETSI.RFC3161"
_SUB_FILTERS: Final = frozenset({"/adbe.pkcs7.detached", "/adbe.pkcs7.sha1", "/PBAD.PAdES", "/ETSI.CAdES.detached", _TIMESTAMP})
_START_OF_XREF: Final = re.compile(rb"startxref[\x00\t\n\x0c\r ]+([0-9]{1,12})")
_CHANGES_NOTHING: Final = 1
"""DocMDP P=1 (ISO 32000-1, 12.8.2.2)."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a signature cannot be believed; `reason` is a stable code."""

    sub_indication: SubIndication
    reason: str


@dataclass(frozen=True, slots=True)
class FieldLock:
    """FieldMDP (ISO 32000-1, 12.8.2.4): which fields may no longer change."""

    action: str
    fields: tuple[str, ...]

    def holds(self, name: str) -> bool:
        """Whether the field, or a field above it, is locked."""
        named = any(name == one or name.startswith(f"{one}.") for one in self.fields)
        return {"/All": True, "/Include": named, "/Exclude": not named}.get(self.action, True)


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """One filled signature field. `container` and `token` exclude each other; `changes` are None when they cannot be told."""

    field_name: str
    sub_filter: str
    claimed_time: datetime | None
    claimed_name: str | None
    covered: Covered | None
    end: int | None
    container: SignedCms | None
    token: SignedToken | None
    failure: Failure | None
    locks: tuple[FieldLock, ...] = ()
    certification: int | None = None
    is_filled_up_with_zeros: bool = True
    """Whether nothing stands behind the CMS in the space reserved for it, which no signature covers."""
    material: Material = _NO_MATERIAL
    """The document security store of its own revision."""
    changes: tuple[Change, ...] | None = ()

    @property
    def is_timestamp(self) -> bool:
        """Whether it is a document time-stamp."""
        return self.sub_filter == _TIMESTAMP


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A strictly readable file. `failures` concern it as a whole; `links` were parsed on the way."""

    graph: PdfGraph = field(repr=False)
    signatures: tuple[SignatureFacts, ...]
    failures: tuple[Failure, ...]
    first_signed: PdfGraph | None = field(repr=False)
    links: Links = field(repr=False)


def gather(pdf: bytes) -> FileFacts:
    """Read the file and judge each filled field by itself.

    Raises:
        one of `pdf_graph.UNREADABLE`: the file as a whole cannot be read strictly.
    """
    graph = open_graph(pdf)
    filled = [one for one in graph.signature_fields() if _is_filled(one)]
    failures = list(_g3_every_filled_field_is_judged(pdf, graph, filled))
    if len(filled) > _MOST_SIGNATURES:
        failures.append(Failure(SubIndication.FORMAT_FAILURE, "limit-signatures"))
        filled = filled[:_MOST_SIGNATURES]
    found = [_contained(one, pdf) for one in filled]
    if not holes_are_apart({one.covered for one in found if one.covered}):
        failures.append(Failure(SubIndication.FORMAT_FAILURE, "byte-ranges-overlap"))
    revisions = _Revisions(pdf, graph)
    placed = tuple(_placed(one, found, revisions) for one in found)
    ends = sorted(one.end for one in found if one.end is not None)
    first = revisions.at(ends[0]) if ends else None
    return FileFacts(graph, placed, tuple(failures), first, revisions.links)


def _is_filled(one: FormField) -> bool:
    try:
        return one.value is not None
    except UNREADABLE:
        return True


def _g3_every_filled_field_is_judged(pdf: bytes, graph: PdfGraph, filled: list[FormField]) -> tuple[Failure, ...]:
    """G3: two parsers and the raw bytes agree on what there is to judge; a field that cannot be followed is not skipped."""
    found = []
    if graph.unreadable_fields:
        found.append(Failure(SubIndication.FORMAT_FAILURE, "G3-field-unreadable"))
    counted = count_filled_signature_fields(pdf)
    if counted is None:
        found.append(Failure(SubIndication.POLICY_PROCESSING_ERROR, "G3-second-reading-failed"))
    elif counted != len(filled):
        found.append(Failure(SubIndication.FORMAT_FAILURE, "G3-readings-disagree"))
    if not filled and b"/ByteRange" in pdf:
        found.append(Failure(SubIndication.FORMAT_FAILURE, "G3-signature-outside-form"))
    return tuple(found)


def _contained(one: FormField, pdf: bytes) -> SignatureFacts:
    """One field's facts; whatever a parser raises stays with this field."""
    try:
        return _read(one, pdf)
    except UNREADABLE:
        return _failed(one, "", "signature-unreadable")


def _failed(one: FormField, sub_filter: str, reason: str, sub: SubIndication = SubIndication.FORMAT_FAILURE) -> SignatureFacts:
    return SignatureFacts(one.name, sub_filter, None, None, None, None, None, None, Failure(sub, reason))


def _read(one: FormField, pdf: bytes) -> SignatureFacts:
    dictionary = one.value
    if not isinstance(dictionary, generic.DictionaryObject):
        return _failed(one, "", "signature-no-dictionary")
    sub_filter = str(dictionary["/SubFilter"]) if "/SubFilter" in dictionary else ""
    if sub_filter not in _SUB_FILTERS:
        return _failed(one, sub_filter, "sub-filter-unknown", SubIndication.SIG_CONSTRAINTS_FAILURE)
    covered = read_byte_range(resolve(dictionary.raw_get("/ByteRange")) if "/ByteRange" in dictionary else None, pdf)
    if covered is None:
        return _failed(one, sub_filter, "byte-range-malformed")
    contents = resolve(dictionary.raw_get("/Contents", decrypt=EncryptedObjAccess.RAW)) if "/Contents" in dictionary else None
    octets = _octets(contents)
    if octets is None or not any(octets):
        return _failed(one, sub_filter, "contents-empty")
    if not g1_hole_is_the_contents(covered, pdf, octets):
        return _failed(one, sub_filter, "G1-hole-is-not-the-contents")
    container, token, failure = _arithmetic(octets, covered.of(pdf), sub_filter)
    is_filled_up_with_zeros = not any(octets[peek(octets) :])
    if failure is None and not is_filled_up_with_zeros and sub_filter.startswith("/ETSI."):
        # ETSI EN 319 142-1 asks for zeros; of older kinds genuine files with something else are about.
        failure = Failure(SubIndication.FORMAT_FAILURE, "contents-trailing-bytes")
    locks, certification = _permissions(dictionary)
    return SignatureFacts(
        field_name=one.name,
        sub_filter=sub_filter,
        claimed_time=_date(dictionary),
        claimed_name=str(dictionary["/Name"]) if "/Name" in dictionary else None,
        covered=covered,
        end=revision_end(covered, pdf),
        container=container,
        token=token,
        failure=failure,
        locks=locks,
        certification=certification,
        is_filled_up_with_zeros=is_filled_up_with_zeros,
    )


def _octets(contents: Any) -> bytes | None:  # noqa: ANN401 - a PDF object of any kind
    if isinstance(contents, generic.ByteStringObject):
        return bytes(contents)
    if isinstance(contents, generic.TextStringObject):
        return bytes(contents.original_bytes)
    return None


def _arithmetic(octets: bytes, covered: bytes, sub_filter: str) -> tuple[SignedCms | None, SignedToken | None, Failure | None]:
    try:
        if sub_filter == _TIMESTAMP:
            return None, check_token(octets, covered), None
        return check_cms(octets, covered, sub_filter=sub_filter.removeprefix("/")), None, None
    except BadCmsError as bad:
        return None, None, Failure(bad.sub_indication, bad.reason)


def _date(dictionary: generic.DictionaryObject) -> datetime | None:
    try:
        moment = generic.parse_pdf_date(str(dictionary["/M"]), strict=False) if "/M" in dictionary else None
    except UNREADABLE:
        return None
    return moment if moment is None or moment.tzinfo else None


def _permissions(dictionary: generic.DictionaryObject) -> tuple[tuple[FieldLock, ...], int | None]:
    locks: list[FieldLock] = []
    certification = None
    references = resolve(dictionary.raw_get("/Reference")) if "/Reference" in dictionary else ()
    for reference in map(resolve, references):
        parameters = resolve(reference.raw_get("/TransformParams")) if "/TransformParams" in reference else {}
        method = reference["/TransformMethod"]
        if method == "/FieldMDP":
            names = parameters.get("/Fields", ())
            locks.append(FieldLock(str(parameters["/Action"]), tuple(map(str, names))))
        elif method == "/DocMDP":
            certification = int(parameters["/P"]) if "/P" in parameters else 2
    return tuple(locks), certification


class _Revisions:
    """The signed revisions of one file, each read once, and the changes from one to the next."""

    def __init__(self, pdf: bytes, whole: PdfGraph) -> None:
        self._pdf = pdf
        self._graphs = {len(pdf): whole}
        self._steps: dict[tuple[int, int], tuple[Change, ...]] = {}
        self.links = Links()

    def at(self, end: int) -> PdfGraph | None:
        """The revision that ends there, as a viewer of those bytes alone would see it; None when it cannot be read strictly."""
        if end not in self._graphs:
            try:
                self._graphs[end] = open_graph(self._pdf[:end])
            except UNREADABLE:
                return None
        return self._graphs[end]

    def between(self, start: int, end: int) -> tuple[Change, ...] | None:
        """The changes between two ends; None when they cannot be told."""
        if (start, end) not in self._steps:
            old, new = self.at(start), self.at(end)
            if old is None or new is None:
                return None
            try:
                self._steps[start, end] = changes_between(old, new, self.links)
            except UNREADABLE:
                return None
        return self._steps[start, end]

    def g2_tail_is_a_revision(self, end: int) -> bool:
        """G2: what follows the newest signed revision is white space, or revisions of which the reader skips none."""
        tail = self._pdf[end:]
        whole = self.whole
        named = [int(offset) for offset in _START_OF_XREF.findall(tail)]
        return not tail.strip(b"\x00\t\n\x0c\r ") or (bool(named) and named[-1] >= end and all(map(whole.reads_section_at, named)))

    @property
    def whole(self) -> PdfGraph:
        """The latest revision."""
        return self._graphs[len(self._pdf)]

    def bytes_until(self, end: int) -> bytes:
        """The file as it was then."""
        return self._pdf[:end]

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return len(self._pdf)


def _placed(one: SignatureFacts, everyone: list[SignatureFacts], revisions: _Revisions) -> SignatureFacts:
    """Add what came after this signature."""
    if one.end is None:
        return replace(one, changes=None)
    ends = sorted({other.end for other in everyone if other.end is not None and other.end > one.end} | {revisions.size})
    changes: list[Change] = []
    before = one.end
    own = revisions.at(one.end)
    if own is None or not any(field.name == one.field_name and _is_filled(field) for field in own.signature_fields()):
        return replace(one, changes=None)
    if not revisions.g2_tail_is_a_revision(ends[-2] if len(ends) > 1 else one.end):
        changes.append(Change(ChangeKind.UNDEFINED, "G2-appended-bytes"))
    for end in ends:
        if end == before:
            continue
        step = revisions.between(before, end)
        if step is None:
            return replace(one, changes=None)
        changes += step
        before = end
    changes += _violations(one, changes)
    if one.certification is not None and any(change.kind is ChangeKind.SIGNATURE for change in changes):
        late = fields_laid_over(revisions.bytes_until(one.end), own, revisions.whole)
        changes += [Change(ChangeKind.ANNOTATION, f"over what was certified: {name}") for name in late]
    return replace(one, changes=tuple(dict.fromkeys(changes)), material=read_dss(own))


def _violations(one: SignatureFacts, changes: list[Change]) -> list[Change]:
    """What this signature's own DocMDP and FieldMDP forbid, although it would be allowed otherwise."""
    touching = {ChangeKind.SIGNATURE, ChangeKind.FORM_FILLED}
    broken = [change for change in changes if change.kind in touching and any(lock.holds(change.where) for lock in one.locks)]
    if one.certification == _CHANGES_NOTHING:
        broken += [change for change in changes if change.kind in touching]
    return [Change(ChangeKind.UNDEFINED, f"not permitted: {change.where}") for change in broken]
