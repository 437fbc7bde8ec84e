"""The application behind a real server on loopback."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any

import uvicorn
from fastapi import FastAPI

from signing_service.asgi import SERVER_OPTIONS


@contextmanager
def served(app: FastAPI, **options: Any) -> Iterator[str]:
    """Its address, as `127.0.0.1:PORT`, while the block runs; `options` go before those of the service."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, **(SERVER_OPTIONS | options)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                sleep(0.01)
            yield f"127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


def exchange(address: str, request: bytes) -> bytes:
    """Everything the server sends in answer to raw bytes, until it closes or says no more for two seconds."""
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port)), timeout=2) as connection:
        received = b""
        try:
            connection.sendall(request)
            while chunk := connection.recv(65536):
                received += chunk
        except (TimeoutError, ConnectionResetError, BrokenPipeError):
            return received
        return received
