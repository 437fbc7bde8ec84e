"""Put issued files into a folder for handing out: PDFs, evidence beside them, links, anchors."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from signing_service.access.policy import Actor, AwardFile, Batch, ClassOfYear, Permission, require
from signing_service.actions.give_consent import LeftOut
from signing_service.actions.render_drafts import link_url
from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import IntegrityError
from signing_service.records.kinds import DocumentKind
from signing_service.transparency.evidence import evidence_path
from signing_service.workflow.case import CaseState

_FOLDERS: Final = {
    DocumentKind.TRANSCRIPT: "transcripts",
    DocumentKind.TRANSCRIPT_EXTRACT: "transcripts",
    DocumentKind.AWARD_DECISION: "awards",
    DocumentKind.AWARD_CERTIFICATE: "awards",
}


@dataclass(frozen=True, slots=True)
class HandOut:
    """What was written."""

    files: tuple[Path, ...]
    left_out: tuple[LeftOut, ...]
    """Documents that are not handed out: not archived yet, or damaged in the store."""


def hand_out(
    actor: Actor,
    batches: Sequence[Batch],
    folder: Path,
    *,
    database: Database,
    blobs: BlobStore,
    clock: Clock,
    base_url: str,
    trust_list: str,
) -> HandOut:
    """Write `transcripts/CLASS-NN-CODE.pdf` and `awards/NN-CODE.pdf`, `.evidence` beside each, `links.csv` and `trust.pem` into `folder`.

    File names hold the place in the class or the decision and the short code, never a name.

    Raises:
        RefusedError: the actor may not hand out one of the batches (`not-permitted`); nothing was written.
    """
    today = clock.now().astimezone(VIETNAM).date()
    for batch in batches:
        asked = Permission.AWARD_HAND_OUT if isinstance(batch, AwardFile) else Permission.TRANSCRIPT_HAND_OUT
        require(actor, asked, batch, on=today)
    for name in dict.fromkeys(_FOLDERS.values()):
        (folder / name).mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    left_out: list[LeftOut] = []
    with (folder / "links.csv").open("w", encoding="utf-8", newline="") as links:
        writer = csv.writer(links)
        writer.writerow(["file", "kind", "link", "short code"])
        for name, document in _named(batches, database):
            if document.state is not CaseState.ARCHIVED or document.evidence is None:
                left_out.append(LeftOut(document.document, f"state-is-{document.state}"))
                continue
            try:
                pdf, evidence = blobs.get(document.head), blobs.get(document.evidence)
            except IntegrityError as damage:
                left_out.append(LeftOut(document.document, damage.code))
                continue
            file = folder / name
            file.write_bytes(pdf)
            evidence_path(file).write_bytes(evidence)
            writer.writerow([name, document.kind, link_url(base_url, document.link_token), document.short_code])
            files.append(file)
    (folder / "trust.pem").write_text(trust_list, "utf-8")
    return HandOut(tuple(files), tuple(left_out))


def _named(batches: Sequence[Batch], database: Database) -> Iterator[tuple[str, StoredDocument]]:
    for batch in batches:
        with database.read() as unit:
            documents = unit.documents.of_batch(batch)
        # Classes are called `6/1` in many schools, and a name from a workbook is never a path.
        before = re.sub(r"\W+", "_", batch.class_name) + "-" if isinstance(batch, ClassOfYear) else ""
        for place, document in enumerate(documents, start=1):
            yield f"{_FOLDERS[document.kind]}/{before}{place:02d}-{document.short_code}.pdf", document
