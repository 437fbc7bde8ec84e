"""A class in one file to print: display copies (bản thể hiện), every page of which says so."""

from signing_service.access.policy import Actor, ClassOfYear, Permission, require
from signing_service.actions.render_drafts import link_url
from signing_service.actions.repositories import BlobStore, Database
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import InvalidInputError
from signing_service.records.canonical import read_record
from signing_service.records.kinds import DocumentKind
from signing_service.rendering.class_print import render_class_print
from signing_service.rendering.document import PrintedLink
from signing_service.workflow.case import CaseState


def print_class(actor: Actor, batch: ClassOfYear, *, database: Database, blobs: BlobStore, clock: Clock, base_url: str) -> bytes:
    """The PDF of every issued transcript of the class, in the order of the class.

    Raises:
        RefusedError: the actor may not hand out this class (`not-permitted`).
        InvalidInputError: nothing of it is issued yet (`nothing-to-print`).
    """
    now = clock.now().replace(microsecond=0)
    require(actor, Permission.TRANSCRIPT_HAND_OUT, batch, on=now.astimezone(VIETNAM).date())
    with database.read() as unit:
        documents = unit.documents.of_batch(batch)
    issued = [d for d in documents if d.kind is DocumentKind.TRANSCRIPT and d.state is CaseState.ARCHIVED]
    if not issued:
        raise InvalidInputError("nothing-to-print", vi="Lớp chưa có học bạ nào phát hành.", en="No transcript of the class is issued yet.")
    return render_class_print(
        [(read_record(blobs.get(d.record_blob)), PrintedLink(link_url(base_url, d.link_token), d.short_code)) for d in issued],
        printed_at=now,
    ).pdf
