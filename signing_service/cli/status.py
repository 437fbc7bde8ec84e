"""`signing-service status`: what waits and why, and what is about to end."""

import argparse
import json
import sys

from cryptography import x509

from signing_service.actions.set_up_authorities import ISSUING, OCSP, ROOT, TSA
from signing_service.bootstrap import open_service
from signing_service.clock import VIETNAM
from signing_service.pki.profiles import profiles_by_policy
from signing_service.settings import Settings
from signing_service.transparency.leaf import LeafKind

_MOST_CLOSINGS = 10_000
"""More leaves than this never wait; if they did, the number would be said as this many."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the state of the house."""
    with open_service(Settings()) as service, service.database.begin() as unit:
        queues = [
            {"state": state, "waiting_for": waiting, "documents": count}
            for (state, waiting), count in sorted(unit.documents.count_by_state().items(), key=str)
        ]
        queues += [
            {"state": kind, "waiting_for": "log", "documents": waiting}
            for kind in (LeafKind.RECALL, LeafKind.SUPERSESSION)
            if (waiting := len(unit.commitments.unlogged(kind, limit=_MOST_CLOSINGS)))
        ]
        certificates = [
            (stored.owner, x509.load_der_x509_certificate(stored.certificate).not_valid_after_utc.astimezone(VIETNAM))
            for profile in (ROOT, ISSUING, TSA, OCSP, *(signer.name for signer in profiles_by_policy().values()))
            for stored in unit.certificates.of_profile(profile)
            if stored.revoked_at is None
        ]
    if arguments.json:
        listed = [{"certificate": owner, "ends": ends.isoformat()} for owner, ends in certificates]
        sys.stdout.write(json.dumps({"queues": queues, "certificates": listed}, ensure_ascii=False, indent=2) + "\n")
        return 0
    sys.stdout.write("Hồ sơ · cases\n")
    for queue in queues:
        sys.stdout.write(f"  {queue['documents']:>7}  {queue['state']:<18} {queue['waiting_for'] or ''}\n")
    sys.stdout.write("Chứng thư · certificates\n")
    for owner, ends in certificates:
        sys.stdout.write(f"  {ends:%d/%m/%Y}  {owner}\n")
    return 0
