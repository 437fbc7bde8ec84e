"""Put the issued files of a class into a folder for handing out: PDFs, evidence beside them, links, anchors."""

import csv
from dataclasses import dataclass
from pathlib import Path

from signing_service.access.policy import Actor, ClassOfYear, Permission, require
from signing_service.actions.render_drafts import link_url
from signing_service.actions.repositories import BlobStore, Database
from signing_service.clock import VIETNAM, Clock
from signing_service.transparency.evidence import evidence_path
from signing_service.workflow.case import CaseState

KIND = "transcript"


@dataclass(frozen=True, slots=True)
class HandOut:
    """What was written."""

    files: tuple[Path, ...]
    not_issued: int
    """Documents of the class that are not archived yet and so are not handed out."""


def hand_out(
    actor: Actor,
    resource: ClassOfYear,
    folder: Path,
    *,
    database: Database,
    blobs: BlobStore,
    clock: Clock,
    base_url: str,
    trust_list: str,
) -> HandOut:
    """Write `transcripts/NN-CODE.pdf` with `.evidence` beside each, `awards/`, `links.csv` and `trust.pem` into `folder`.

    File names hold the place in the class and the short code, never a child's name.

    Raises:
        RefusedError: the actor may not hand out this class (`not-permitted`).
    """
    require(actor, Permission.TRANSCRIPT_HAND_OUT, resource, on=clock.now().astimezone(VIETNAM).date())
    with database.begin() as unit:
        documents = unit.documents.of_class(resource.school, resource.class_name, resource.school_year)
    issued = [document for document in documents if document.state is CaseState.ARCHIVED]
    transcripts = folder / "transcripts"
    transcripts.mkdir(parents=True, exist_ok=True)
    (folder / "awards").mkdir(exist_ok=True)
    files = []
    with (folder / "links.csv").open("w", encoding="utf-8", newline="") as links:
        writer = csv.writer(links)
        writer.writerow(["file", "kind", "link", "short code"])
        for place, document in enumerate(documents, start=1):
            if document.state is not CaseState.ARCHIVED or document.evidence is None:
                continue
            file = transcripts / f"{place:02d}-{document.short_code}.pdf"
            file.write_bytes(blobs.get(document.head))
            evidence_path(file).write_bytes(blobs.get(document.evidence))
            writer.writerow([f"transcripts/{file.name}", KIND, link_url(base_url, document.link_token), document.short_code])
            files.append(file)
    (folder / "trust.pem").write_text(trust_list, "utf-8")
    return HandOut(tuple(files), len(documents) - len(issued))
