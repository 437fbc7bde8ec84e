"""One file to be looked at in a child, as it crosses the socket: a line of JSON, then the octets."""

import json
import socket
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from signing_service.transparency.note import VerifierKey

_LONGEST_LINE: Final = 256 * 1024
_CHUNK: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Job:
    """What `verify` is to be called with. Everything in it is public or the stranger's own."""

    pdf: bytes
    name: str
    anchors: tuple[bytes, ...]
    at: datetime
    evidence: bytes | None
    log_key: VerifierKey | None


def send_job(job: Job, connection: socket.socket) -> None:
    """Write the job.

    Raises:
        OSError: the other side is gone, or the socket's time is up.
    """
    head = {
        "name": job.name,
        "at": job.at.isoformat(),
        "anchors": [anchor.hex() for anchor in job.anchors],
        "log_key": None if job.log_key is None else str(job.log_key),
        "pdf": len(job.pdf),
        "evidence": None if job.evidence is None else len(job.evidence),
    }
    connection.sendall(json.dumps(head).encode() + b"\n")
    connection.sendall(job.pdf)
    connection.sendall(job.evidence or b"")


def receive_job(connection: socket.socket) -> Job:
    """Read the job that `send_job` wrote; it comes from our own side, so whatever is wrong with it ends the process."""
    with connection.makefile("rb", buffering=_CHUNK) as stream:
        head = json.loads(stream.readline(_LONGEST_LINE))
        pdf = stream.read(head["pdf"])
        evidence = None if head["evidence"] is None else stream.read(head["evidence"])
    return Job(
        pdf=pdf,
        name=head["name"],
        anchors=tuple(bytes.fromhex(anchor) for anchor in head["anchors"]),
        at=datetime.fromisoformat(head["at"]),
        evidence=evidence,
        log_key=None if head["log_key"] is None else VerifierKey.parse(head["log_key"]),
    )
