"""Encoding a time-stamp token: CMS SignedData over a TSTInfo (RFC 5652, 5; RFC 3161, 2.4.2; RFC 5816).

Everything that is the same in each token is encoded once, so that a token costs a few concatenations and the signature: built anew out
of asn1crypto's objects it took 4.5 ms.
"""

import hashlib

from asn1crypto import cms, core, parser, tsp
from asn1crypto import x509 as asn1_x509

from signing_service.ports import KeyPurpose, SigningKey

_SHA256 = bytes.fromhex("300b0609608648016503040201")
_ECDSA_WITH_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_TST_INFO = bytes.fromhex("060b2a864886f70d0109100104")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_VERSION_1, _VERSION_3 = bytes.fromhex("020101"), bytes.fromhex("020103")

_UNIVERSAL, _CONTEXT, _CONSTRUCTED = 0, 2, 1
_SEQUENCE, _SET = 16, 17


class TokenSigner:
    """Signs TSTInfo octets by one authority's key; thread-safe where the key is."""

    def __init__(self, chain: tuple[bytes, ...], key: SigningKey) -> None:
        """Take the chain (DER, the authority's own certificate first) and the key of its first certificate."""
        signer = asn1_x509.Certificate.load(chain[0])
        self._key = key
        self._certificates = _context_0(b"".join(sorted(chain)))
        self._signer = _sequence(signer.issuer.dump(), core.Integer(signer.serial_number).dump())
        self._content_type = cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}).dump()
        self._signing_certificate = _signing_certificate(signer)

    def token(self, info: bytes, *, with_certificates: bool) -> bytes:
        """DER ContentInfo of the token over `info` (DER TSTInfo)."""
        digest = cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(info).digest()]}).dump()
        # DER orders the members of a SET OF by their octets (X.690, 11.6), and the signature is over that SET (RFC 5652, 5.4).
        attributes = b"".join(sorted((self._content_type, digest, self._signing_certificate)))
        signature = self._key.sign(_set(attributes), purpose=KeyPurpose.TIMESTAMPING)
        signer_info = _sequence(
            _VERSION_1,
            self._signer,
            _SHA256,
            _context_0(attributes),
            _ECDSA_WITH_SHA256,
            core.OctetString(signature).dump(),
        )
        signed_data = _sequence(
            _VERSION_3,
            _set(_SHA256),
            _sequence(_TST_INFO, _context_0(core.OctetString(info).dump())),
            self._certificates if with_certificates else b"",
            _set(signer_info),
        )
        return _sequence(_SIGNED_DATA, _context_0(signed_data))


def _signing_certificate(certificate: asn1_x509.Certificate) -> bytes:
    """The attribute signingCertificateV2; ESSCertIDv2 under SHA-256, which is its default and therefore not written (RFC 5035, 4)."""
    digest = hashlib.sha256(certificate.dump()).digest()
    issuer_serial = {
        "issuer": [asn1_x509.GeneralName(name="directory_name", value=certificate.issuer)],
        "serial_number": certificate.serial_number,
    }
    value = tsp.SigningCertificateV2({"certs": [{"cert_hash": digest, "issuer_serial": issuer_serial}]})
    attribute: bytes = cms.CMSAttribute({"type": "signing_certificate_v2", "values": [value]}).dump()
    return attribute


def _sequence(*parts: bytes) -> bytes:
    octets: bytes = parser.emit(_UNIVERSAL, _CONSTRUCTED, _SEQUENCE, b"".join(parts))
    return octets


def _set(contents: bytes) -> bytes:
    octets: bytes = parser.emit(_UNIVERSAL, _CONSTRUCTED, _SET, contents)
    return octets


def _context_0(contents: bytes) -> bytes:
    octets: bytes = parser.emit(_CONTEXT, _CONSTRUCTED, 0, contents)
    return octets
