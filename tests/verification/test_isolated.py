"""A stranger's file is looked at in a child that can do nothing else, and only one line of the contract is believed."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing_service.errors import UnavailableError
from signing_service.rendering.typesetter import text_font_file
from signing_service.verification import isolated
from signing_service.verification.confinement import nobody_can_read
from signing_service.verification.isolated import GAVE_UP, BusyError, IsolatedVerifier, _believed
from signing_service.verification.job import Job, receive_job, send_job
from signing_service.verification.report import Indication
from signing_service.verification.report_json import report_to_json
from signing_service.verification.report_reading import MalformedReportError, report_from_json
from signing_service.verification.verify import NotAPdfError, verify

NOW = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nhttps://example.invalid/v/7h3k9m2p4q6r8s0t1v5w7x9y2z4a6b8c\n"


@pytest.fixture(scope="module")
def verifier() -> Iterator[IsolatedVerifier]:
    with IsolatedVerifier(at_once=2, waiting=2) as verifier:
        yield verifier


def _look(verifier: IsolatedVerifier, pdf: bytes = PDF) -> isolated.Looked:
    return verifier.look(pdf, name="x.pdf", anchors=(), at=NOW)


def test_a_child_says_what_the_verifier_itself_would_say(verifier: IsolatedVerifier) -> None:
    looked = _look(verifier)
    assert looked.report == verify(PDF, name="x.pdf", anchors=(), at=NOW)
    assert looked.links == ("7h3k9m2p4q6r8s0t1v5w7x9y2z4a6b8c",)


def test_what_is_no_pdf_never_reaches_a_child(verifier: IsolatedVerifier) -> None:
    with pytest.raises(NotAPdfError):
        _look(verifier, b"nothing")


def test_a_warm_parent_that_is_killed_is_started_again(verifier: IsolatedVerifier) -> None:
    parent = verifier._started()._process
    parent.kill()
    parent.wait()
    assert _look(verifier).report.file_sha256


def test_when_too_many_wait_the_next_is_told_to_come_back_at_once() -> None:
    with IsolatedVerifier(at_once=1, waiting=1) as verifier:
        verifier._places.acquire()
        waiting = threading.Thread(target=_look, args=(verifier,))
        waiting.start()
        while verifier._door._value != 1:
            time.sleep(0.01)
        verifier._door.acquire()
        with pytest.raises(BusyError):
            _look(verifier)
        verifier._door.release()
        verifier._places.release()
        waiting.join(20)
        assert _look(verifier).report.file_sha256


INSIDE = """
    import json, os, resource, socket, sys
    from pathlib import Path
    from signing_service.verification import warm_parent

    def seen(connection):
        warm_parent.receive_job(connection)
        def fails(do):
            try:
                do()
            except BaseException as error:
                return type(error).__name__
            return None
        found = {
            "uid": os.getuid(),
            "capabilities": [line.split()[1] for line in open("/proc/self/status") if line.startswith("CapEff")],
            "environment": sorted(os.environ),
            "files": len(os.listdir("/proc/self/fd")),
            "modules": sorted(name for name in sys.modules if name.split(".")[0] in ("sqlmodel", "sqlalchemy", "fastapi", "starlette"))
            + sorted(name for name in sys.modules if name.startswith(("signing_service.custody", "signing_service.storage"))),
            "network": fails(lambda: socket.create_connection(("127.0.0.1", PORT), timeout=1)),
            "memory": fails(lambda: bytearray(2 * 1024**3)),
            "writing": fails(lambda: Path("FOLDER/written").write_bytes(b"x")),
            "wrote": None,
            "processor": resource.getrlimit(resource.RLIMIT_CPU)[0],
        }
        return json.dumps(found).encode() + b"\\n"

    warm_parent._answer = seen
    sys.exit(warm_parent.main())
"""


def _program(body: str) -> Callable[[socket.socket], subprocess.Popen[bytes]]:
    def start(theirs: socket.socket) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-I", "-c", textwrap.dedent(body), str(theirs.fileno())],
            env={},
            pass_fds=(theirs.fileno(),),
            stderr=subprocess.DEVNULL,
        )

    return start


@dataclass(frozen=True, slots=True)
class Run:
    """What a child of a warm parent with another answer wrote, and what the parent said and how it ended."""

    line: bytes
    has_network: bool
    is_superuser: bool
    ended: int


def _one_line(body: str) -> Run:
    control, theirs = socket.socketpair()
    with control, theirs:
        process = _program(body)(theirs)
        control.settimeout(30)
        told = json.loads(control.recv(64))
        ours, childs = socket.socketpair()
        with ours:
            socket.send_fds(control, [b"J"], [childs.fileno()])
            childs.close()
            ours.settimeout(30)
            send_job(Job(PDF, "x.pdf", (), NOW, None, None), ours)
            line = b""
            # A child that is killed before it has read everything resets the connection.
            with suppress(ConnectionResetError):
                while chunk := ours.recv(65536):
                    line += chunk
        control.close()
        return Run(line, told["network"], told["superuser"], process.wait(30))


def test_a_child_has_no_rights_no_network_no_database_no_disk_and_little_memory(tmp_path: object) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        body = INSIDE.replace("PORT", str(listening.getsockname()[1])).replace("FOLDER", str(tmp_path))
        run = _one_line(body)
    found = json.loads(run.line)
    assert run.ended == 0
    assert (found["uid"] == 0) is run.is_superuser
    assert not (run.is_superuser and nobody_can_read([json.__file__, str(text_font_file())]))
    assert {int(mask, 16) for mask in found["capabilities"]} == {0}
    assert found["environment"] in ([], ["LC_CTYPE"])
    assert found["modules"] == []
    assert (found["network"] is None) is run.has_network, "the parent says truly whether a child reaches a server outside"
    assert found["memory"] == "MemoryError"
    assert found["writing"] is not None
    assert found["processor"] == 20
    assert found["files"] < 10


def test_where_the_system_allows_it_the_network_is_taken_away(verifier: IsolatedVerifier) -> None:
    unshare = shutil.which("unshare")
    allowed = unshare is not None and subprocess.run([unshare, "-r", "-n", "true"], capture_output=True, check=False).returncode == 0
    assert not (allowed and verifier.has_network)


def test_a_child_that_never_ends_is_killed_and_the_answer_names_the_limit(job: Job) -> None:
    body = """
        import sys, time
        from signing_service.verification import warm_parent
        warm_parent.WALL_SECONDS = 1
        warm_parent._answer = lambda connection: time.sleep(600)
        sys.exit(warm_parent.main())
    """
    begun = time.monotonic()
    line = _one_line(body).line
    assert line == b""
    assert time.monotonic() - begun < 15
    assert _believed(line, job) is None
    report = isolated._gave_up(job).report
    assert (report.indication, report.reasons) == (Indication.INDETERMINATE, (GAVE_UP,))


def test_children_end_with_their_parent() -> None:
    body = """
        import os, sys, time
        from signing_service.verification import warm_parent
        warm_parent._answer = lambda connection: (connection.sendall(str(os.getpid()).encode()), time.sleep(600))
        sys.exit(warm_parent.main())
    """
    control, theirs = socket.socketpair()
    with control, theirs:
        process = _program(body)(theirs)
        control.recv(64)
        ours, childs = socket.socketpair()
        socket.send_fds(control, [b"J"], [childs.fileno()])
        childs.close()
        child = int(ours.recv(64))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        ours.settimeout(10)
        assert ours.recv(1) == b"", f"child {child} outlived its parent"
        ours.close()


def test_a_job_crosses_the_socket_whole() -> None:
    job = Job(PDF * 1000, "tên tệp.pdf", (b"\x00\xff", b"anchor"), NOW, b"", None)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sender = threading.Thread(target=send_job, args=(job, ours))
        sender.start()
        assert receive_job(theirs) == job
        sender.join()


@pytest.fixture(scope="module")
def job() -> Job:
    return Job(PDF, "x.pdf", (), NOW, None, None)


@pytest.fixture(scope="module")
def honest(job: Job) -> dict[str, object]:
    return {"report": report_to_json(verify(job.pdf, name=job.name, anchors=(), at=NOW)), "links": []}


def _line(answer: object) -> bytes:
    return json.dumps(answer).encode() + b"\n"


def test_an_honest_line_is_believed_as_it_was_meant(job: Job, honest: dict[str, object]) -> None:
    looked = _believed(_line(honest), job)
    assert looked is not None
    assert looked.report == verify(job.pdf, name=job.name, anchors=(), at=NOW)


@pytest.mark.parametrize(
    "member",
    [
        {"file_sha256": "0" * 64},
        {"file": "another.pdf"},
        {"verified_at": "2026-11-24T06:05:01Z"},
        {"current_status": "valid"},
        {"indication": "TOTALLY-FINE"},
        {"modified_after_signing": 0},
        {"signatures": None},
        {"reasons": ["x" * 5000]},
        {"reasons": ["x"] * 5000},
        {"more": 1},
    ],
)
def test_a_child_that_lies_about_the_file_or_the_form_is_not_believed(
    job: Job, honest: dict[str, object], member: dict[str, object]
) -> None:
    report = honest["report"]
    assert isinstance(report, dict)
    assert _believed(_line({**honest, "report": report | member}), job) is None


@pytest.mark.parametrize("links", [None, ["short"], ["A" * 32], [1], ["7h3k9m2p4q6r8s0t1v5w7x9y2z4a6b8c"] * 9, {"a": 1}])
def test_links_that_are_none_are_not_believed(job: Job, honest: dict[str, object], links: object) -> None:
    assert _believed(_line({**honest, "links": links}), job) is None


@pytest.mark.parametrize("line", [b"", b"\n", b"null\n", b"{}\n", b"[" * 100_000 + b"\n", b"\xff\n", b'{"report": {}}'])
def test_what_is_no_answer_is_not_believed(job: Job, line: bytes) -> None:
    assert _believed(line, job) is None


def test_half_a_line_is_not_believed(job: Job, honest: dict[str, object]) -> None:
    whole = _line(honest)
    assert all(_believed(whole[:end], job) is None for end in range(0, len(whole), 7))


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_no_json_of_any_shape_is_taken_for_a_report(value: object) -> None:
    with pytest.raises(MalformedReportError):
        report_from_json(value)


def test_every_report_comes_back_from_its_json() -> None:
    report = verify(PDF, name="x.pdf", anchors=(), at=NOW)
    assert report_from_json(json.loads(json.dumps(report_to_json(report)))) == report
    changed = replace(report, reasons=("a", "b"), modified_after_signing=True)
    assert report_from_json(report_to_json(changed)) == changed


def test_an_installation_that_children_cannot_read_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(UnavailableError, match="verifier-not-started"), IsolatedVerifier():
        pass
