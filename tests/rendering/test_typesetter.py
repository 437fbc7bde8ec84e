import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signing_service.errors import IntegrityError
from signing_service.rendering.document import RenderedDocument
from signing_service.rendering.transcript import render_transcript
from signing_service.rendering.typesetter import typeset
from tests.records_factory import example_record, example_transcript
from tests.rendering.documents import LINK, RECORD_JSON

CHECKOUT = Path(__file__).resolve().parents[2]
MOMENT = datetime(2026, 5, 29, tzinfo=UTC)

FORKED = """
import os
from signing_service.errors import UnavailableError
from tests.rendering.documents import example_document

{before}
child = os.fork()
if child == 0:
    try:
        example_document.__wrapped__()
    except UnavailableError as refused:
        os._exit(3 if refused.code == "typesetter-after-fork" else 4)
    os._exit(0)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def _exit_of_forked_child(*, parent_has_typeset: bool) -> int:
    program = FORKED.format(before="example_document()" if parent_has_typeset else "")
    run = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=True)
    return int(run.stdout)


def test_a_child_of_a_process_that_has_typeset_is_refused_instead_of_waiting_for_ever() -> None:
    assert _exit_of_forked_child(parent_has_typeset=True) == 3


def test_a_child_of_a_process_that_has_not_typeset_may() -> None:
    assert _exit_of_forked_child(parent_has_typeset=False) == 0


def test_threads_do_not_disturb_each_other() -> None:
    records = [example_record(transcript=replace(example_transcript(), class_name=f"7{letter}")) for letter in "ABCDEFGH"]

    def render(number: int) -> RenderedDocument:
        return render_transcript(records[number], LINK, record_json=RECORD_JSON)

    alone = [render(number) for number in range(len(records))]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(render, range(len(records))))
    assert together == alone


def test_a_failure_does_not_quote_the_data() -> None:
    with pytest.raises(IntegrityError, match="typesetting-failed") as failed:
        typeset("seal-mark", {"mark": '{"authority": "Bé Mẫu 𠄼", "school": "x", "diameter": 36}'}, moment=MOMENT, tagged=False)
    assert failed.value.__cause__ is None
    assert "Mẫu" not in str(failed.value) + failed.value.vi + failed.value.en
