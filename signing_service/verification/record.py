"""The record inside a file: is it canonical, is it the one that the evidence names, and does it give these very pages again?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pyhanko.pdf_utils import generic

from signing_service.errors import InvalidInputError, SigningServiceError, UnavailableError
from signing_service.ids import Sha256, sha256_of
from signing_service.records.subject_sheet import SHEETS_ATTACHMENT
from signing_service.records.transcript import TranscriptRecord
from signing_service.rendering.render_inputs import RENDER_ATTACHMENT, RenderInputs
from signing_service.verification.changes import ChangeKind, changes_between
from signing_service.verification.pdf_graph import PdfGraph, items_of, open_graph, resolve
from signing_service.verification.pdf_links import Links
from signing_service.verification.record_kinds import KINDS, ExtractRecord, Record, rendered_again
from signing_service.verification.report import RecordReport, Rerendered

_MOST_FILES: Final = 50
_SIGNING: Final = frozenset({ChangeKind.SIGNATURE, ChangeKind.DOCUMENT_TIMESTAMP, ChangeKind.EXTENSION})
_LONGEST: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class CarriedSheets:
    """A readable transcript record, and the file of subject sheets beside it, if there is one."""

    record: TranscriptRecord
    attachment: bytes | None


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """The report, and a stable code when the record speaks against the file."""

    report: RecordReport | None
    reason: str | None
    sheets: CarriedSheets | None = None
    record: Record | ExtractRecord | None = None
    """What was read; None where there is none or it cannot be read."""


def look_at_record(pdf: bytes, first: PdfGraph, expected: Sha256 | None, links: Links | None = None) -> RecordFinding:
    """Read the record of the first signed revision, since a later one could bring another; `links` are of the same file.

    Raises:
        one of `pdf_graph.UNREADABLE`: the attachments cannot be followed.
    """
    attached = dict(_attachments(first))
    found = [kind for kind in KINDS if kind.attachment in attached]
    if not found:
        return RecordFinding(None, None)
    kind, octets = found[0].kind, attached[found[0].attachment]
    digest = sha256_of(octets)
    try:
        record = found[0].read(octets)
    except InvalidInputError as error:
        return RecordFinding(RecordReport(kind, "", digest, digest_ok=False, rerendered=Rerendered.NOT_TRIED), error.code)
    is_expected = expected in {None, digest}
    rerendered = _compared(pdf, first, links, _rendered(record, octets, attached)) if is_expected else Rerendered.NOT_TRIED
    report = RecordReport(kind, record.record_id, digest, digest_ok=is_expected, rerendered=rerendered)
    sheets = CarriedSheets(record, attached.get(SHEETS_ATTACHMENT)) if isinstance(record, TranscriptRecord) else None
    return RecordFinding(report, _why_not(report, several=len(found) > 1), sheets, record)


def _why_not(report: RecordReport, *, several: bool) -> str | None:
    if several:
        return "record-not-alone"
    if not report.digest_ok:
        return "record-differs-from-evidence"
    return "record-differs-from-pages" if report.rerendered is Rerendered.DIFFERENT else None


def _attachments(graph: PdfGraph) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the associated files (ISO 19005-3, 6.8), at most fifty of at most 1 MiB."""
    listed = resolve(graph.root.raw_get("/AF")) if "/AF" in graph.root else None
    for member in items_of(listed)[:_MOST_FILES] if isinstance(listed, generic.ArrayObject) else ():
        specification = resolve(member)
        if not isinstance(specification, generic.DictionaryObject) or "/EF" not in specification:
            continue
        name = specification.get("/UF", specification.get("/F"))
        stream = _stream(resolve(specification.raw_get("/EF")))
        if name is not None and stream is not None and len(stream.data) <= _LONGEST:
            yield str(name), bytes(stream.data)


def _stream(embedded: Any) -> generic.StreamObject | None:  # noqa: ANN401 - a PDF object of any kind
    if not isinstance(embedded, generic.DictionaryObject) or "/F" not in embedded:
        return None
    found = resolve(embedded.raw_get("/F"))
    return found if isinstance(found, generic.StreamObject) else None


def _rendered(record: Record | ExtractRecord, octets: bytes, attached: Mapping[str, bytes]) -> bytes | Rerendered:
    """The record's pages as the file says they were made; another typesetter, font or template version cannot give the same bytes."""
    if RENDER_ATTACHMENT not in attached:
        return Rerendered.NOT_TRIED
    try:
        inputs = RenderInputs.from_json(attached[RENDER_ATTACHMENT])
        further = [one.with_data(attached.get(one.name, b"")) for one in inputs.attachments]
        return rendered_again(record, octets, inputs, further) or Rerendered.NOT_TRIED
    except (ImportError, UnavailableError):
        return Rerendered.NOT_TRIED
    except SigningServiceError:
        return Rerendered.DIFFERENT


def _compared(pdf: bytes, first: PdfGraph, links: Links | None, rendered: bytes | Rerendered) -> Rerendered:
    if isinstance(rendered, Rerendered):
        return rendered
    return Rerendered.EQUAL if pdf.startswith(rendered) and _is_only_signed(rendered, first, links) else Rerendered.DIFFERENT


def _is_only_signed(rendered: bytes, first: PdfGraph, links: Links | None) -> bool:
    """Whether the first signer added nothing but the signature: what stood in the file before it is covered, yet nobody issued it."""
    changes = changes_between(open_graph(rendered), first, links)
    return all(change.kind in _SIGNING or change.where.startswith("/Perms") for change in changes)
