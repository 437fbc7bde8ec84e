"""`signing-service serve`: web pages and API."""

import argparse
import logging
import sys

import uvicorn

from signing_service.actions.look_up_link import look_up_link
from signing_service.asgi import SERVER_OPTIONS, Doors, create_app
from signing_service.bootstrap import Service, open_service
from signing_service.settings import Settings

_CHECKPOINT = "checkpoint"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped. Without an initialised service, the newest demo is served, and said so."""
    settings = Settings()
    if not settings.identity_file.exists():
        demo = settings.for_the_demo()
        if demo.identity_file.exists():
            sys.stdout.write("Đang phục vụ lớp mẫu của lần chạy thử · serving the newest demo\n")
            settings = demo
    with open_service(settings) as service:
        sys.stdout.write(f"{service.identity.base_url} · http://{arguments.host}:{arguments.port}\n")
        sys.stdout.flush()
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
        uvicorn.run(create_app(doors_of(service)), host=arguments.host, port=arguments.port, log_level="warning", **SERVER_OPTIONS)
    return 0


def doors_of(service: Service) -> Doors:
    """What the front door asks of this service."""
    return Doors(
        organisation=service.identity.organisation,
        look_up=lambda token: look_up_link(token, database=service.database, blobs=service.blobs, now=service.clock.now()),
        certificate=service.answers.certificate_named,
        revocation_list=service.answers.revocation_list_named,
        ocsp=service.answers.respond_ocsp,
        timestamp=service.answers.respond_timestamp,
        log_object=lambda path: _log_object(service, path),
    )


def _log_object(service: Service, path: str) -> bytes | None:
    if path == _CHECKPOINT:
        note = service.log.checkpoint()
        return None if note is None else note.encode()
    return service.tiles.read(path)
