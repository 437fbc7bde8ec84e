"""`signing-service archive fixity`."""

import argparse
import json
import sys

from signing_service.actions.held_files import ArchivedFiles
from signing_service.archive.fixity import check_fixity
from signing_service.bootstrap import open_service
from signing_service.settings import Settings

_DAMAGED = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=["fixity"], help="fixity: read every stored file again and name those that changed")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Check the store; 0 when every file is what it was, 1 when any is not."""
    settings = Settings()
    with open_service(settings) as service:
        report = check_fixity(ArchivedFiles(service.database, service.blobs))
    faults = [{"name": fault.file.name, "sha256": fault.file.sha256, "fault": fault.fault} for fault in report.faults]
    if arguments.json:
        found = {"checked": report.checked, "bytes": report.bytes_read, "damaged": report.damaged, "faults": faults}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        for fault in faults:
            sys.stdout.write(f"{fault['fault']:<10} {fault['name']}  {fault['sha256']}\n")
        sys.stdout.write(f"Đã đọc · checked {report.checked}, hỏng · damaged {report.damaged}\n")
    return 0 if report.sound else _DAMAGED
