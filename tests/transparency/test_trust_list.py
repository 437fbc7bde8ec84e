"""One file holds the anchors and the log's key, and tools that know only certificates still read it."""

import pytest
from cryptography import x509

from signing_service.errors import InvalidInputError
from signing_service.transparency.checkpoint import verifier_key
from signing_service.transparency.trust_list import read_log_key, trust_list
from tests.pki_factory import example_pki
from tests.transparency.memory import ORIGIN, log_key

KEY = verifier_key(ORIGIN, log_key())


def test_the_key_is_read_back_and_the_anchors_stay_readable() -> None:
    anchors = example_pki().anchors_pem
    text = trust_list(anchors.decode(), KEY)
    assert read_log_key(text) == KEY
    assert x509.load_pem_x509_certificates(text.encode()) == x509.load_pem_x509_certificates(anchors)


def test_anchors_alone_name_no_log() -> None:
    assert read_log_key(example_pki().anchors_pem.decode()) is None


def test_two_logs_or_a_malformed_key_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="trust-list-malformed"):
        read_log_key(trust_list(trust_list("", KEY), verifier_key("log-khac.invalid", log_key(2))))
    with pytest.raises(InvalidInputError, match="log-key-malformed"):
        read_log_key("Log-Verifier-Key: x\n")
