"""`signing-service worker`: carries waiting cases on; recovery after a crash is the same work."""

import argparse
import os
import sys
import time
from datetime import timedelta

from signing_service.actions.carry_on import Progress
from signing_service.bootstrap import open_service
from signing_service.errors import ConflictError, UnavailableError
from signing_service.settings import Settings

_RENEWALS = timedelta(days=1)
"""How often the service's own certificates are looked at."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--once", action="store_true", help="do what can be done now, then end")
    parser.add_argument("--pause", type=float, default=2.0, metavar="SECONDS", help="between two looks when there is nothing to do")


def run(arguments: argparse.Namespace) -> int:
    """Work until stopped, or once. What does not answer now is told, and asked again; certificates about to end are renewed."""
    with open_service(Settings(), judges=os.cpu_count() or 1) as service:
        carrier = service.carrier()
        look_again_at = service.clock.now()
        while True:
            try:
                if service.clock.now() >= look_again_at:
                    service.renew()
                    look_again_at = service.clock.now() + _RENEWALS
                progress = carrier.once()
            except (UnavailableError, ConflictError) as trouble:
                if arguments.once:
                    raise
                sys.stderr.write(f"{trouble.vi}\n{trouble.en} [{trouble.code}]\n")
                progress = Progress()
            if progress.total:
                _tell(progress)
            elif arguments.once:
                return 0
            else:
                time.sleep(arguments.pause)


def _tell(progress: Progress) -> None:
    sys.stdout.write(
        f"dựng · rendered {progress.rendered}, gắn chữ ký · embedded {progress.embedded},"
        f" hoàn tất · finished {progress.finished}, ghi nhật ký · logged {progress.logged},"
        f" lưu trữ · archived {progress.archived}, phiếu điểm · sheets {progress.sheets},"
        f" thu hồi vào nhật ký · closings {progress.closings}\n"
    )
    sys.stdout.flush()
