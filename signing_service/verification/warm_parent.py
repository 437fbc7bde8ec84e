"""The process that children are forked from: it has imported the verifier, and holds no secret, no database and no network.

`isolated.py` starts it as a program of its own (`python -m`). For each file a socket comes over the control socket, and a child is forked
to read it. The parent itself never reads a file and never typesets, because a fork would lose the typesetter's threads.
"""

import gc
import json
import os
import select
import signal
import socket
import sys
import time
from typing import Final

from signing_service.verification.confinement import WALL_SECONDS, confine, give_up_rights, leave_the_network, nobody_can_read
from signing_service.verification.job import receive_job
from signing_service.verification.printed_links import links_in

_MOST_CHILDREN: Final = 16
_GLANCE_SECONDS: Final = 0.5
"""How often a child that is over its time is looked for."""


def main() -> int:
    """Serve the control socket until it is closed."""
    # The namespace comes first: importing may start threads, and then it would be refused.
    without_network = leave_the_network()
    control = socket.socket(fileno=int(sys.argv[1]))
    warm_up()
    is_public = nobody_can_read(_program())
    give_up_rights(keep_identity=not is_public)
    if not _can_typeset():
        return 1
    gc.freeze()
    control.sendall(json.dumps({"network": not without_network, "superuser": os.geteuid() == 0}).encode() + b"\n")
    running: dict[int, float] = {}
    while True:
        ready, _, _ = select.select([control], [], [], _GLANCE_SECONDS if running else None)
        _bury(running)
        if ready and not _take(control, running):
            for child in running:
                os.kill(child, signal.SIGKILL)
            return 0


def warm_up() -> None:
    """Import everything that a child needs, so that it is there, and shared, before the fork."""
    import signing_service.rendering.award_certificate  # noqa: PLC0415 - after the namespace
    import signing_service.rendering.award_decision  # noqa: PLC0415 - after the namespace
    import signing_service.rendering.transcript  # noqa: PLC0415 - after the namespace
    import signing_service.verification.verify  # noqa: F401, PLC0415 - after the namespace


def _program() -> list[str]:
    """Files that stand for the whole program: the interpreter's library, the installed packages, the fonts."""
    import cryptography  # noqa: PLC0415 - after the namespace

    from signing_service.rendering.typesetter import text_font_file  # noqa: PLC0415 - after the namespace

    return [json.__file__, cryptography.__file__, __file__, str(text_font_file())]


def _can_typeset() -> bool:
    """Whether the fonts can be read by whom this process has become: without them a genuine record would look like another."""
    from signing_service.rendering.typesetter import text_font_file  # noqa: PLC0415 - after the namespace

    return os.access(text_font_file(), os.R_OK)


def _take(control: socket.socket, running: dict[int, float]) -> bool:
    """Fork a child for the next file; False when there will be none."""
    message, handles, _, _ = socket.recv_fds(control, 1, 1)
    if not message:
        return False
    for handle in handles:
        if len(running) < _MOST_CHILDREN:
            child = os.fork()
            if child == 0:
                control.close()
                _look(handle)
            running[child] = time.monotonic() + WALL_SECONDS
        os.close(handle)
    return True


def _bury(running: dict[int, float]) -> None:
    """Kill whoever is over their time, and forget whoever has ended."""
    now = time.monotonic()
    for child, deadline in tuple(running.items()):
        if now > deadline:
            os.kill(child, signal.SIGKILL)
        if os.waitpid(child, os.WNOHANG)[0]:
            del running[child]


def _look(handle: int) -> None:
    """In the child: read one job, write one line, end; what goes wrong ends the process without a word."""
    try:
        confine()
        with socket.socket(fileno=handle) as connection:
            connection.sendall(_answer(connection))
    finally:
        # Never back into the parent's loop, whatever was raised.
        os._exit(0)


def _answer(connection: socket.socket) -> bytes:
    from signing_service.verification.report_json import report_to_json  # noqa: PLC0415 - imported by the parent before the fork
    from signing_service.verification.verify import verify  # noqa: PLC0415 - imported by the parent before the fork

    job = receive_job(connection)
    report = verify(job.pdf, name=job.name, anchors=job.anchors, at=job.at, evidence=job.evidence, log_key=job.log_key)
    return json.dumps({"report": report_to_json(report), "links": links_in(job.pdf)}).encode() + b"\n"


if __name__ == "__main__":
    sys.exit(main())
