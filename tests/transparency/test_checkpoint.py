"""Checkpoints as strangers wrote them, as strangers would compute them, and as forgers would like them."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from signing_service.errors import InvalidInputError, RefusedError
from signing_service.ports import KeyPurpose
from signing_service.transparency.checkpoint import Checkpoint, parse_and_verify, sign_checkpoint, verifier_key
from signing_service.transparency.merkle import EMPTY_ROOT
from signing_service.transparency.note import MAX_NOTE_BYTES, VerifierKey, note_with_signature, open_note
from tests.pki_factory import EphemeralKey
from tests.transparency.memory import ORIGIN, log_key

ROOT = bytes(range(32))
KEY = log_key()
VERIFIER = verifier_key(ORIGIN, KEY)
NOTE = sign_checkpoint(ORIGIN, 45, ROOT, KEY)

# Published by others: the example of Go's note package, and a tree head of the Go checksum database.
FOREIGN = {
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW": (
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    ),
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8": (
        "go.sum database tree\n49189689\nftjbAOzaupaIvaPo/G+Dk63nxOZ2s1OPOKIaPtXs7S4=\n\n"
        "\u2014 sum.golang.org Az3grlKZssqRoMNPpZfKt0TphbbcF+pzXqElURJKRNFKfaUAgqeI5k2AORH0QAhg/ebRwyIqD/OqP4oLtLnNumvOBAM=\n"
    ),
}


@pytest.mark.parametrize("vkey", FOREIGN)
def test_foreign_notes_and_keys_are_read(vkey: str) -> None:
    key = VerifierKey.parse(vkey)
    assert str(key) == vkey
    assert open_note(FOREIGN[vkey], key) == FOREIGN[vkey].rpartition("\n\n")[0] + "\n"


def test_the_note_is_what_the_specification_says_computed_without_our_code() -> None:
    private = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
    public = private.public_key().public_bytes_raw()
    key_id = hashlib.sha256(ORIGIN.encode() + b"\n\x01" + public).digest()[:4]
    text = f"{ORIGIN}\n45\n" + base64.b64encode(ROOT).decode() + "\n"
    line = f"\u2014 {ORIGIN} " + base64.b64encode(key_id + private.sign(text.encode())).decode()
    assert f"{text}\n{line}\n" == NOTE
    assert str(VERIFIER) == f"{ORIGIN}+{key_id.hex()}+" + base64.b64encode(b"\x01" + public).decode()


def test_golden_note() -> None:
    signature = "BjUdZWnzbC19bJUWGamkPGG5sSeT62g/qzoGg1AtQTv+ky4HMwC9MDOAGGkT/criMWMSgrEugBkc2jp/jhURZsPPygI="
    assert f"{ORIGIN}\n45\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n\u2014 {ORIGIN} {signature}\n" == NOTE


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_what_is_signed_is_read_back(size: int, root: bytes) -> None:
    assert parse_and_verify(sign_checkpoint(ORIGIN, size, root, KEY), VERIFIER) == Checkpoint(ORIGIN, size, root)


def test_cosignatures_of_others_are_passed_over() -> None:
    witness = log_key(9)
    text = NOTE.rpartition("\n\n")[0] + "\n"
    line = note_with_signature(text, verifier_key("chung-kien.invalid", witness), b"\x04 any bytes").rpartition("\n\n")[2]
    assert parse_and_verify(NOTE + line, VERIFIER).size == 45


def test_as_many_signatures_as_allowed_are_read() -> None:
    witness = "\u2014 ai-do AAAAAAA=\n"
    assert parse_and_verify(NOTE + witness * 31, VERIFIER).size == 45
    with pytest.raises(InvalidInputError, match="note-malformed"):
        parse_and_verify(NOTE + witness * 32, VERIFIER)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\x00b", "a\x1fb", "a\nb", "a\ud800", "\udfffb"])
def test_what_cannot_be_a_key_s_name(name: str) -> None:
    with pytest.raises(InvalidInputError, match="log-key-malformed"):
        VerifierKey(name, bytes(32))


def test_extension_lines_change_nothing() -> None:
    text = f"{ORIGIN}\n0\n{base64.b64encode(EMPTY_ROOT).decode()}\nthêm\n"
    note = note_with_signature(text, VERIFIER, KEY.sign(text.encode(), purpose=KeyPurpose.TRANSPARENCY_LOG))
    assert parse_and_verify(note, VERIFIER) == Checkpoint(ORIGIN, 0, EMPTY_ROOT)


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(0, 7))
def test_no_bit_of_a_note_can_be_changed(place: int, bit: int) -> None:
    data = bytearray(NOTE.encode())
    data[place] ^= 1 << bit
    try:
        changed = data.decode()
    except UnicodeDecodeError:
        return
    with pytest.raises(InvalidInputError):
        parse_and_verify(changed, VERIFIER)


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n45\n",
        f"{ORIGIN}\n045\n{base64.b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n+45\n{base64.b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n٤٥\n{base64.b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n{2**63}\n{base64.b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n45\n{base64.b64encode(ROOT[:31]).decode()}\n",
        f"{ORIGIN}\n45\n{base64.b64encode(ROOT).decode()}*\n",
        f"{ORIGIN}\n45\n{base64.b64encode(ROOT).decode()}\n\n\n",
        f"log-khac.invalid\n45\n{base64.b64encode(ROOT).decode()}\n",
    ],
)
def test_a_signed_text_that_is_no_checkpoint_of_this_log_is_refused(text: str) -> None:
    note = note_with_signature(text, VERIFIER, KEY.sign(text.encode(), purpose=KeyPurpose.TRANSPARENCY_LOG))
    with pytest.raises(InvalidInputError, match="checkpoint-malformed"):
        parse_and_verify(note, VERIFIER)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "\n\n",
        NOTE.removesuffix("\n"),
        NOTE + "\n",
        NOTE.replace("\u2014", "-"),
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("45", "45\ud800"),
        NOTE + "\u2014 ai-do AAAA\n",
        NOTE + "\u2014 ai-do AAAAAA==\n",
        NOTE + "\u2014 ai-do\n",
        NOTE + "\u2014  AAAAAAA=\n",
        NOTE + "\u2014 ai+do AAAAAAA=\n",
        NOTE + "ai-do AAAAAAA=\n",
        NOTE.rpartition("\n\n")[2],
        "\n\n" + NOTE.rpartition("\n\n")[2],
        NOTE + "\u2014 ai-do AAAAAAB=\n",
        NOTE + NOTE.rpartition("\n\n")[2] * 32,
        "x" * MAX_NOTE_BYTES + NOTE,
    ],
)
def test_what_is_no_signed_note_is_refused(note: str) -> None:
    with pytest.raises(InvalidInputError, match="note-malformed"):
        parse_and_verify(note, VERIFIER)


def test_another_key_under_the_same_name_does_not_speak_for_the_log() -> None:
    with pytest.raises(InvalidInputError, match="note-not-signed"):
        parse_and_verify(sign_checkpoint(ORIGIN, 45, ROOT, log_key(2)), VERIFIER)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a+b",
        str(VERIFIER).replace("+", "-"),
        str(VERIFIER)[:-4],
        str(VERIFIER).upper(),
        f"{ORIGIN}+00000000+{str(VERIFIER).split('+', 2)[2]}",
        f"{ORIGIN}+00000000+" + base64.b64encode(b"\x02" + bytes(32)).decode(),
        " " + str(VERIFIER),
        str(VERIFIER) + "\n",
    ],
)
def test_other_spellings_of_a_key_are_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match="log-key-malformed"):
        VerifierKey.parse(text)


def test_only_a_log_key_signs_checkpoints() -> None:
    with pytest.raises(RefusedError, match="key-purpose-mismatch"):
        sign_checkpoint(ORIGIN, 1, ROOT, EphemeralKey(KeyPurpose.ORGANISATION_SEAL, Ed25519PrivateKey.generate()))
    with pytest.raises(RefusedError, match="log-key-algorithm"):
        sign_checkpoint(ORIGIN, 1, ROOT, EphemeralKey(KeyPurpose.TRANSPARENCY_LOG, generate_private_key(SECP256R1())))
    with pytest.raises(InvalidInputError, match="log-key-malformed"):
        sign_checkpoint("hai từ", 1, ROOT, KEY)
