"""`signing-service init`."""

import argparse
import sys

from signing_service.bootstrap import initialise
from signing_service.settings import DEFAULT_BASE_URL, DEFAULT_ORGANISATION, Identity, Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--base-url", default=DEFAULT_BASE_URL, help="public address of the service; fixed for good (%(default)s)")
    parser.add_argument("--organisation", default=DEFAULT_ORGANISATION, help="name in the authorities' certificates (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """Make what is missing; safe to repeat."""
    settings = Settings()
    made = initialise(settings, Identity(arguments.base_url, arguments.organisation))
    what = ", ".join(made) if made else "không có gì mới · nothing new"
    sys.stdout.write(f"Khóa được tạo · keys made: {what}\nDữ liệu · data: {settings.data_directory}\n")
    return 0
