"""The same line as pyHanko's manual walks it: its own signer, writer, security store and validation, with its defaults.

Same documents, same keys, same pictures in the fields, same time-stamp authority in this process, same revocation data.
"""

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.dss import async_add_validation_info
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleCertificateStore, SimpleTrustManager

from bench.material import Bench, Signer, rendered
from bench.stopwatch import Stopwatch
from signing_service.signing.material import ValidationMaterial
from signing_service.timestamping.authority import TimestampAuthority


class _Tsa(TimeStamper):
    """Our authority, asked by pyHanko's client."""

    def __init__(self, authority: TimestampAuthority) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # pyHanko gives it no types
        self._authority = authority

    async def async_request_tsa_response(self, req: Any) -> Any:  # noqa: ANN401 -- asn1crypto has no types
        return tsp.TimeStampResp.load(self._authority.respond(req.dump()))


def _signer(bench: Bench, signer: Signer) -> signers.SimpleSigner:
    private = signer.identity.key._private  # type: ignore[attr-defined] # noqa: SLF001 -- pyHanko wants the key itself
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # pyHanko gives it no types
    store.register_multiple(_certificates(bench.pki.chain))
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(signer.identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        cert_registry=store,
    )


def _certificates(encoded: tuple[bytes, ...]) -> list[Any]:
    return [x509.Certificate.load(certificate) for certificate in encoded]


class PlainPyHanko:
    """Opened once, as a service would: signers with their keys, the time-stamp client, the trust."""

    def __init__(self, bench: Bench, finished: bytes, folder: Path) -> None:
        """Verify `finished`, the file that we verify too; use `folder` for the pictures, which pyHanko reads from files."""
        self._bench = bench
        self._to_verify = finished
        self._marks = folder
        for signer in bench.signers:
            (folder / f"{signer.field}.pdf").write_bytes(signer.mark)
        self._signers = [(signer, _signer(bench, signer)) for signer in bench.signers]
        self._tsa = _Tsa(bench.pki.timestamp_authority)
        self._root = _certificates((bench.pki.root.certificate,))

    def issue(self, watch: Stopwatch) -> None:
        """Sign three times without and with time-stamp, finish, verify; the rendering is ours and not measured again."""
        head = rendered().pdf
        for place, (signer, key) in enumerate(self._signers):
            with watch.stage("sign B-B"):
                self._sign(head, signer, key, None, first=place == 0)
            with watch.stage("sign B-T"):
                head = self._sign(head, signer, key, self._tsa, first=place == 0)
        validation = self._bench.validation()
        with watch.stage("finish"):
            asyncio.run(self._finish(head, validation))
        with watch.stage("verify"):
            asyncio.run(self._verify(self._to_verify))

    def _sign(self, head: bytes, signer: Signer, key: signers.SimpleSigner, tsa: TimeStamper | None, *, first: bool) -> bytes:
        picture = ImportedPdfPage(str(self._marks / f"{signer.field}.pdf"))  # type: ignore[no-untyped-call] # pyHanko gives it no types
        stamp = StaticStampStyle(background=picture, border_width=0, background_opacity=1)
        metadata = signers.PdfSignatureMetadata(
            field_name=signer.field,
            subfilter=SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            certify=first,
            docmdp_permissions=MDPPerm.FILL_FORMS,
        )
        pdf_signer = signers.PdfSigner(metadata, signer=key, timestamper=tsa, stamp_style=stamp)
        output = pdf_signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(head)))
        return bytes(output.getvalue())

    def _context(self, validation: ValidationMaterial) -> ValidationContext:
        return ValidationContext(
            trust_roots=self._root,
            other_certs=_certificates(validation.certificates),
            crls=validation.crls,
            ocsps=validation.ocsps,
            revocation_mode="require",
        )

    async def _finish(self, head: bytes, validation: ValidationMaterial) -> None:
        for place in range(len(self._signers)):
            signature = PdfFileReader(BytesIO(head)).embedded_regular_signatures[place]
            output = await async_add_validation_info(signature, self._context(validation))
            head = bytes(output.getvalue())
        stamper = signers.PdfTimeStamper(self._tsa)
        writer = IncrementalPdfFileWriter(BytesIO(head))
        await stamper.async_timestamp_pdf(writer, "sha256", self._context(validation))

    async def _verify(self, pdf: bytes) -> None:
        policy = CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(trust_roots=self._root), revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO)
        )
        spec = PdfSignatureValidationSpec(SignatureValidationSpec(policy))
        for signature in PdfFileReader(BytesIO(pdf)).embedded_regular_signatures:
            result = await ades.ades_lta_validation(signature, spec)
            assert result.ades_subindic.standard_name == "OK", result.ades_subindic
