"""What `signing-service worker` does beside the people of the demo: finish, log and archive what is sealed, while the next class signs."""

import threading
from collections.abc import Callable
from typing import Final

from signing_service.actions.steps import Step
from signing_service.bootstrap import Service
from signing_service.ids import DocumentId

_PAUSE_SECONDS: Final = 0.2


class BackgroundWorker:
    """Carries cases on in a thread of its own until nothing is left, once it has been told that nothing more comes."""

    def __init__(self, service: Service, archived: Callable[[], None]) -> None:
        self._service, self._archived = service, archived
        self._nothing_more = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="demo-worker")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def finish(self) -> None:
        """Wait until everything is archived; what went wrong in the thread is raised here."""
        self._nothing_more.set()
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            while self._once() or not self._nothing_more.wait(_PAUSE_SECONDS):
                pass
        except BaseException as failure:  # noqa: BLE001 - handed over to whoever waits
            self._failure = failure

    def _once(self) -> int:
        carrier = self._service.carrier(self._listen)
        return carrier.finish() + carrier.log_frozen() + carrier.archive()

    def _listen(self, step: Step, _document: DocumentId) -> None:
        if step is Step.ARCHIVED:
            self._archived()
