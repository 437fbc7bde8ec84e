"""Foreign files: always an answer, never a false yes. `python -m tests.verification.test_corpus` prints the table."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import absent
from tests.verification.corpus import Answer, Foreign, Score, manifest, our_answer, pyhanko_answer, report_of, score

SLICES = 8

NOT_CONFIRMED: Mapping[str, str] = {
    "a009c07917db602e.pdf": "signed attributes out of DER order (RFC 5652, 5.4): validators that sort and those that do not disagree",
    "af63353c955aaa66.pdf": "a catalog that no cross-reference section knows, appended between two signatures",
    "ad212304e620ad24.pdf": "two signers in one CMS, which PAdES forbids",
    "1222ac6dd25d6d35.pdf": "a field filled in although the signature locks every field",
    "cd20365310578663.pdf": "annotations added after signing",
    "bbabad57aff506d2.pdf": "form fields filled in after signing, which the signer did not see (G5)",
    "db5b0de31b5c10ed.pdf": "form fields filled in after signing, which the signer did not see (G5)",
}
"""Genuine files that we do not confirm, and why: this list may only become shorter."""


@pytest.fixture(scope="module")
def corpus(shared: Path) -> tuple[Foreign, ...]:
    if not (shared / "corpus" / "manifest.csv").is_file():
        absent("the folder `shared` holds no corpus: put it there to run this test")
    return manifest(shared / "corpus")


# Foreign certificates break RFC 5280 in ways that the library still reads and warns of.
@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@pytest.mark.parametrize("part", range(SLICES))
def test_no_false_yes_and_the_genuine_files_confirmed(corpus: tuple[Foreign, ...], part: int) -> None:
    scores = {foreign.file.name: score(foreign, our_answer(report_of(foreign))) for foreign in corpus[part::SLICES]}
    assert [name for name, found in scores.items() if found is Score.WRONGLY_ACCEPTED] == []
    missed = {name for name, found in scores.items() if found in {Score.WRONGLY_REFUSED, Score.NOT_JUDGEABLE}}
    assert missed <= set(NOT_CONFIRMED)


def table(corpus: tuple[Foreign, ...], answer_to: Callable[[Foreign], Answer]) -> str:
    """Scores by expected class."""
    counts = Counter((foreign.expected, score(foreign, answer_to(foreign))) for foreign in corpus)
    lines = [f"{'expected':24}" + "".join(f"{column.value:>18}" for column in Score)]
    lines += [
        f"{expected:24}" + "".join(f"{counts[expected, column]:18}" for column in Score)
        for expected in dict.fromkeys(foreign.expected for foreign in corpus)
    ]
    return "\n".join(lines)


def main() -> None:
    corpus = manifest(Path(__file__).resolve().parents[3] / "shared" / "corpus")
    start = time.process_time()
    ours = table(corpus, lambda foreign: our_answer(report_of(foreign)))
    seconds = time.process_time() - start
    sys.stdout.write(
        f"ours ({seconds:.0f} s)\n{ours}\n\nplain pyHanko, strict\n{table(corpus, pyhanko_answer)}\n\ngenuine and not confirmed by us\n"
    )
    for foreign in corpus:
        report = report_of(foreign)
        if score(foreign, our_answer(report)) in {Score.WRONGLY_REFUSED, Score.NOT_JUDGEABLE}:
            reasons = () if report is None else (*report.reasons, *(reason for one in report.signatures for reason in one.reasons))
            sys.stdout.write(f"{foreign.file.name} {foreign.category}: {', '.join(dict.fromkeys(reasons))}\n")


if __name__ == "__main__":
    main()
