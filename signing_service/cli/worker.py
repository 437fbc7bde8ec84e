"""`signing-service worker`: carries waiting cases on; recovery after a crash is the same work."""

import argparse
import sys
import time

from signing_service.bootstrap import open_service
from signing_service.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--once", action="store_true", help="do what can be done now, then end")
    parser.add_argument("--pause", type=float, default=2.0, metavar="SECONDS", help="between two looks when there is nothing to do")


def run(arguments: argparse.Namespace) -> int:
    """Work until stopped, or once."""
    with open_service(Settings()) as service:
        carrier = service.carrier()
        while True:
            progress = carrier.once()
            if progress.total:
                sys.stdout.write(
                    f"dựng · rendered {progress.rendered}, gắn chữ ký · embedded {progress.embedded},"
                    f" hoàn tất · finished {progress.finished}, ghi nhật ký · logged {progress.logged},"
                    f" lưu trữ · archived {progress.archived}\n"
                )
                sys.stdout.flush()
            elif arguments.once:
                return 0
            else:
                time.sleep(arguments.pause)
