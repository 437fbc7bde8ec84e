"""`signing-service serve`: web pages and API."""

import argparse
import logging
import sys
from typing import Any

import uvicorn

from signing_service.actions.judge_upload import UploadJudge
from signing_service.actions.look_up_link import find_by_short_code, look_up_link
from signing_service.actions.open_with_access_code import open_with_access_code
from signing_service.asgi import SERVER_OPTIONS, Doors, create_app
from signing_service.bootstrap import Service, open_service
from signing_service.settings import Settings
from signing_service.verification.isolated import IsolatedVerifier

LOGGER = logging.getLogger("signing_service.serve")

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
    # The verifier's parent comes first: it is born before a key is opened.
    with IsolatedVerifier() as verifier, open_service(settings) as service:
        sys.stdout.write(f"{service.identity.base_url} · http://{arguments.host}:{arguments.port}\n")
        sys.stdout.flush()
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
        if verifier.has_network:
            LOGGER.warning("uploads are judged in processes that could reach the network: the system does not let us take it from them")
        if verifier.is_superuser:
            LOGGER.warning("uploads are judged under the superuser's name: nobody else may read where this program is installed")
        app = create_app(doors_of(service, verifier))
        options = SERVER_OPTIONS | proxy_options(settings)
        uvicorn.run(app, host=arguments.host, port=arguments.port, log_level="warning", **options)
    return 0


def proxy_options(settings: Settings) -> dict[str, Any]:
    """Whose word uvicorn takes for the client's address: that of the named proxies, and without any nobody's."""
    trusted = settings.trusted_proxies
    return {"proxy_headers": True, "forwarded_allow_ips": trusted} if trusted else {"proxy_headers": False}


def doors_of(service: Service, verifier: IsolatedVerifier) -> Doors:
    """What the front door asks of this service."""
    database, blobs, clock = service.database, service.blobs, service.clock
    judge = UploadJudge(
        look=verifier.look, database=database, blobs=blobs, clock=clock, anchors=service.anchors, log_key=service.log.verifier
    )
    return Doors(
        organisation=service.identity.organisation,
        look_up=lambda token: look_up_link(token, database=database, blobs=blobs, now=clock.now()),
        find_short_code=lambda code: find_by_short_code(code, database=database),
        open_marks=lambda token, typed: open_with_access_code(token, typed, database=database, blobs=blobs, clock=clock),
        judge_upload=judge.judge,
        now=clock.now,
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
