"""A stranger can verify without us: no web framework, no database, no key code is imported."""

import subprocess
import sys

STRANGE = (
    "fastapi",
    "starlette",
    "uvicorn",
    "pydantic",
    "sqlmodel",
    "sqlalchemy",
    "argon2",
    "pkcs11",
    "typst",
    "calamine",
    "python_calamine",
    "signing_service.custody",
    "signing_service.storage",
    "signing_service.signing",
    "signing_service.actions",
    "signing_service.bootstrap",
    "signing_service.settings",
    "signing_service.pki",
)

PROGRAM = """
import sys
from datetime import UTC, datetime
from signing_service.verification.verify import verify
verify(b"%PDF-1.7 no more than that", name="a.pdf", anchors=(), at=datetime(2026, 6, 1, tzinfo=UTC))
print("\\n".join(sys.modules))
"""


def test_verifying_imports_nothing_of_the_service() -> None:
    imported = set(subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stdout.split())
    assert "signing_service.verification.verify" in imported
    assert imported & set(STRANGE) == set()
