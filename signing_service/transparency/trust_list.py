"""`trust.pem`: what a stranger has to believe to check our files offline, in one file that PEM readers understand.

    Log-Verifier-Key: <vkey of the C2SP signed-note specification>
    -----BEGIN CERTIFICATE----- ...

Text before a PEM block is explanatory (RFC 7468, 5.2), so tools that know only certificates read the same file.
"""

from signing_service.errors import InvalidInputError
from signing_service.transparency.note import VerifierKey

_LABEL = "Log-Verifier-Key: "


def trust_list(certificates_pem: str, log_key: VerifierKey) -> str:
    """The text of a trust list with these anchors and this log."""
    return f"{_LABEL}{log_key}\n{certificates_pem}"


def read_log_key(text: str) -> VerifierKey | None:
    """The log that a trust list names, or None when it names none.

    Raises:
        InvalidInputError: it names more than one (`trust-list-malformed`), or the key is malformed (`log-key-malformed`).
    """
    named = [line.removeprefix(_LABEL).strip() for line in text.splitlines() if line.startswith(_LABEL)]
    if len(named) > 1:
        raise InvalidInputError(
            "trust-list-malformed",
            vi="Danh sách tin cậy chỉ được nêu một khóa nhật ký.",
            en="A trust list names at most one log key.",
        )
    return VerifierKey.parse(named[0]) if named else None
