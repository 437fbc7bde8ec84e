"""All years of one pupil, from every school, in one download: the signed files, the evidence beside each, links and anchors."""

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Final

from signing_service.access.policy import Actor, ClassOfYear, Permission, require
from signing_service.actions.list_pupil_documents import documents_of_pupil
from signing_service.actions.render_drafts import link_url
from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import ConflictError, InvalidInputError
from signing_service.ids import DocumentId
from signing_service.transparency.evidence import evidence_path
from signing_service.workflow.case import CaseState

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""ZIP knows no earlier day; a fixed one keeps the same files the same bytes."""


def pack_pupil(
    actor: Actor, document_id: DocumentId, *, database: Database, blobs: BlobStore, clock: Clock, base_url: str, trust_list: str
) -> bytes:
    """A ZIP with every standing transcript of the child that `document_id` is about, oldest year first.

    Whoever may hand out the class of that document may hand out all of the child's years: the school where the child is now passes them on.
    File names hold year and short code, never a name.

    Raises:
        ConflictError: unknown (`document-unknown`).
        RefusedError: the actor may not hand out that class (`not-permitted`).
        InvalidInputError: nothing of the child is issued yet (`nothing-to-hand-out`).
        IntegrityError: a stored file is damaged (`blob-corrupt`, `blob-missing`): an incomplete packet is never handed out.
    """
    now = clock.now()
    with database.read() as unit:
        asked = unit.documents.get(document_id)
        if asked is None or not isinstance(asked.batch, ClassOfYear):
            raise ConflictError("document-unknown", vi="Không có hồ sơ này.", en="There is no such case.")
        require(actor, Permission.TRANSCRIPT_HAND_OUT, asked.batch, on=now.astimezone(VIETNAM).date())
        child = unit.pupils.of_code(asked.batch.school, asked.subject)
        documents = (asked,) if child is None else documents_of_pupil(unit, child)
    standing = [document for document in documents if document.state is CaseState.ARCHIVED and document.evidence is not None]
    if not standing:
        raise InvalidInputError(
            "nothing-to-hand-out", vi="Học sinh chưa có học bạ nào phát hành.", en="No transcript of the pupil is issued yet."
        )
    return _packed(standing, blobs=blobs, base_url=base_url, trust_list=trust_list, now=now)


def _packed(standing: list[StoredDocument], *, blobs: BlobStore, base_url: str, trust_list: str, now: datetime) -> bytes:
    links = io.StringIO(newline="")
    writer = csv.writer(links)
    writer.writerow(["file", "kind", "link", "short code"])
    packet = io.BytesIO()
    moment = max(now.astimezone(VIETNAM).timetuple()[:6], _EARLIEST)
    with zipfile.ZipFile(packet, "w", zipfile.ZIP_STORED) as archive:
        for document in standing:
            batch = document.batch
            name = f"{batch.school_year if isinstance(batch, ClassOfYear) else ''}-{document.short_code}.pdf"
            archive.writestr(zipfile.ZipInfo(name, moment), blobs.get(document.head))
            if document.evidence is not None:
                archive.writestr(zipfile.ZipInfo(evidence_path(Path(name)).name, moment), blobs.get(document.evidence))
            writer.writerow([name, document.kind, link_url(base_url, document.link_token), document.short_code])
        archive.writestr(zipfile.ZipInfo("links.csv", moment), links.getvalue())
        archive.writestr(zipfile.ZipInfo("trust.pem", moment), trust_list)
    return packet.getvalue()
