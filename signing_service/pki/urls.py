"""Where a verifier fetches what a certificate points to; fixed at `init`, since certificates carry these addresses for decades."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from signing_service.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class PublicUrls:
    """The addresses under one base URL (http or https, without a trailing slash, query or fragment).

    Raises:
        InvalidInputError: the base URL is not such an address (`base-url`).
    """

    base_url: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        plain = self.base_url.isascii() and not parts.query and not parts.fragment and not self.base_url.endswith("/")
        if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
            raise InvalidInputError(
                "base-url",
                vi="Địa chỉ gốc phải là http:// hoặc https:// kèm tên máy chủ, không có dấu gạch chéo ở cuối, không có ? hoặc #.",
                en="The base URL must be http:// or https:// with a host name, without a trailing slash, query or fragment.",
            )

    def ca_certificate(self, authority: str) -> str:
        """The DER certificate of the named authority."""
        return f"{self.base_url}/pki/ca/{authority}.crt"

    def revocation_list(self, authority: str) -> str:
        """The DER CRL of the named authority."""
        return f"{self.base_url}/pki/crl/{authority}.crl"

    @property
    def ocsp(self) -> str:
        """The OCSP responder (RFC 6960, appendix A, POST)."""
        return f"{self.base_url}/pki/ocsp"

    @property
    def timestamping(self) -> str:
        """The time-stamp authority (RFC 3161, 3.4)."""
        return f"{self.base_url}/tsa"
