"""The line as the service walks it, stage by stage, without its database."""

from bench.material import Bench, Signer, rendered
from bench.stopwatch import Stopwatch
from signing_service.clock import SystemClock
from signing_service.ids import sha256_of
from signing_service.signing.embed import embed
from signing_service.signing.finish import finish
from signing_service.signing.prepare import SignatureRequest, prepare
from signing_service.signing.sign import sign_prepared
from signing_service.verification.report import Indication
from signing_service.verification.verify import verify


def issue(bench: Bench, watch: Stopwatch) -> bytes:
    """Render, sign three times, finish, verify; returns the finished file."""
    with watch.stage("render"):
        head = rendered().pdf
    for signer in bench.signers:
        head = _signed(bench, signer, head, watch)
    with watch.stage("ask"):
        validation = bench.validation()
    with watch.stage("finish"):
        head = finish(head, validation, bench.pki.timestamper)
    with watch.stage("verify"):
        report = verify(head, name="bench.pdf", anchors=(bench.pki.root.certificate,), at=SystemClock().now(), evidence=None, log_key=None)
    assert report.indication is Indication.TOTAL_PASSED, report
    return head


def _signed(bench: Bench, signer: Signer, head: bytes, watch: Stopwatch) -> bytes:
    request = SignatureRequest(
        head=head,
        head_sha256=sha256_of(head),
        role=signer.role,
        certificate=signer.identity.certificate,
        chain=bench.pki.chain,
        ocsp=signer.ocsp,
        mark=signer.mark,
        moment=SystemClock().now(),
    )
    with watch.stage("prepare"):
        prepared = prepare(request)
    with watch.stage("sign"):
        value = sign_prepared(prepared, signer.identity.key)
    with watch.stage("time-stamp"):
        token = bench.pki.timestamper.token(value.message_imprint)
    with watch.stage("embed"):
        return embed(prepared, head, value, token)
