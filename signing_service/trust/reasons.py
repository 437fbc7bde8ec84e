"""Why a certificate was revoked: the words that issuing and reading share."""

from enum import Enum


class RevocationReason(Enum):
    """CRLReason of RFC 5280, 5.3.1; the value is the ENUMERATED number.

    `certificateHold` and `removeFromCRL` are read but never issued: a suspended signer would leave every signature made meanwhile in doubt.
    """

    UNSPECIFIED = 0
    KEY_COMPROMISE = 1
    CA_COMPROMISE = 2
    AFFILIATION_CHANGED = 3
    SUPERSEDED = 4
    CESSATION_OF_OPERATION = 5
    CERTIFICATE_HOLD = 6
    REMOVE_FROM_CRL = 8
    PRIVILEGE_WITHDRAWN = 9
    AA_COMPROMISE = 10
