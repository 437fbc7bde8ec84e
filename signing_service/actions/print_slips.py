"""The slips of a class (phiếu tra cứu): link, short code and, on the half to tear off, an access code that is told this once."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from signing_service.access.policy import Actor, ClassOfYear, Permission, require
from signing_service.actions.access_codes import AccessCode, issue_access_codes, replace_access_code
from signing_service.actions.give_consent import LeftOut
from signing_service.actions.render_drafts import link_url
from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import RefusedError
from signing_service.ids import DocumentId
from signing_service.records.canonical import read_record
from signing_service.records.kinds import DocumentKind
from signing_service.rendering.document import PrintedLink
from signing_service.rendering.slips import Slip, render_slips
from signing_service.workflow.case import CaseState


@dataclass(frozen=True, slots=True)
class PrintedSlips:
    """What the clerk prints and sends; it holds access codes, so it is handed over and never stored."""

    pdf: bytes = field(repr=False)
    csv: bytes = field(repr=False)
    """UTF-8 with byte order mark, for the school's messaging system: pupil code, name, link, short code, access code."""
    left_out: tuple[LeftOut, ...]
    """Pupils without a slip: not issued yet, or the code was told before and can only be replaced."""


@dataclass(frozen=True, slots=True)
class SlipPrinter:
    """Prints slips for classes and for single pupils."""

    database: Database
    blobs: BlobStore
    clock: Clock
    base_url: str

    def of_class(self, actor: Actor, batch: ClassOfYear) -> PrintedSlips:
        """A slip for each issued transcript of the class whose access code was not told yet.

        Raises:
            RefusedError: the actor may not hand out this class (`not-permitted`), or nobody is left to print for (`no-slips`).
        """
        require(actor, Permission.TRANSCRIPT_HAND_OUT, batch, on=self.clock.now().astimezone(VIETNAM).date())
        with self.database.read() as unit:
            documents = tuple(d for d in unit.documents.of_batch(batch) if d.kind is DocumentKind.TRANSCRIPT)
        codes = issue_access_codes(documents, database=self.database, clock=self.clock)
        if not codes:
            raise RefusedError(
                "no-slips",
                vi="Không còn phiếu nào để in: học bạ chưa phát hành, hoặc mã truy cập đã cấp; mã thất lạc thì cấp lại từng em.",
                en="No slip is left to print: nothing is issued yet, or the codes were told before; a lost one is replaced.",
            )
        left_out = tuple(LeftOut(d.document, _why_not(d)) for d in documents if d.document not in codes)
        return self._printed([d for d in documents if d.document in codes], codes, left_out)

    def replacement(self, actor: Actor, document: DocumentId) -> PrintedSlips:
        """One slip with a new access code; the old one opens nothing any more.

        Raises:
            RefusedError: as `replace_access_code`.
        """
        code = replace_access_code(actor, document, database=self.database, clock=self.clock)
        with self.database.read() as unit:
            stored = unit.documents.get(document)
        return self._printed([] if stored is None else [stored], {document: code}, ())

    def _printed(
        self, documents: Sequence[StoredDocument], codes: Mapping[DocumentId, AccessCode], left_out: tuple[LeftOut, ...]
    ) -> PrintedSlips:
        slips: list[Slip] = []
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(["Mã học sinh", "Họ và tên", "Lớp", "Năm học", "Liên kết", "Mã tra cứu", "Mã truy cập"])
        for document in documents:
            transcript = read_record(self.blobs.get(document.record_blob)).transcript
            link = PrintedLink(link_url(self.base_url, document.link_token), document.short_code)
            code = codes[document.document]
            pupil = transcript.pupil
            slips.append(Slip(transcript.issuer.school_name, transcript.class_name, pupil.name, transcript.school_year, link, code))
            writer.writerow([pupil.code, pupil.name, transcript.class_name, transcript.school_year, link.url, link.short_code, code])
        pdf = render_slips(slips, created_at=self.clock.now().replace(microsecond=0)).pdf
        return PrintedSlips(pdf, text.getvalue().encode("utf-8-sig"), left_out)


def _why_not(document: StoredDocument) -> str:
    return "access-code-told" if document.state is CaseState.ARCHIVED else f"state-is-{document.state}"
