"""Put the issued files of a class into a folder for handing out: PDFs, evidence beside them, links, anchors."""

import csv
from dataclasses import dataclass
from pathlib import Path

from signing_service.access.policy import Actor, ClassOfYear, Permission, require
from signing_service.actions.give_consent import LeftOut
from signing_service.actions.render_drafts import link_url
from signing_service.actions.repositories import BlobStore, Database
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import IntegrityError
from signing_service.transparency.evidence import evidence_path
from signing_service.workflow.case import CaseState

KIND = "transcript"


@dataclass(frozen=True, slots=True)
class HandOut:
    """What was written."""

    files: tuple[Path, ...]
    left_out: tuple[LeftOut, ...]
    """Documents of the class that are not handed out: not archived yet, or damaged in the store."""


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
        documents = unit.documents.of_batch(resource)
    transcripts = folder / "transcripts"
    transcripts.mkdir(parents=True, exist_ok=True)
    (folder / "awards").mkdir(exist_ok=True)
    files: list[Path] = []
    left_out: list[LeftOut] = []
    with (folder / "links.csv").open("w", encoding="utf-8", newline="") as links:
        writer = csv.writer(links)
        writer.writerow(["file", "kind", "link", "short code"])
        for place, document in enumerate(documents, start=1):
            if document.state is not CaseState.ARCHIVED or document.evidence is None:
                left_out.append(LeftOut(document.document, f"state-is-{document.state}"))
                continue
            try:
                pdf, evidence = blobs.get(document.head), blobs.get(document.evidence)
            except IntegrityError as damage:
                left_out.append(LeftOut(document.document, damage.code))
                continue
            file = transcripts / f"{place:02d}-{document.short_code}.pdf"
            file.write_bytes(pdf)
            evidence_path(file).write_bytes(evidence)
            writer.writerow([f"transcripts/{file.name}", KIND, link_url(base_url, document.link_token), document.short_code])
            files.append(file)
    (folder / "trust.pem").write_text(trust_list, "utf-8")
    return HandOut(tuple(files), tuple(left_out))
