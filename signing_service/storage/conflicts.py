"""How storage says that somebody else moved first."""

from signing_service.errors import ConflictError


def conflict(code: str) -> ConflictError:
    """A conflict with the one remedy there is."""
    return ConflictError(
        code, vi="Hồ sơ vừa thay đổi; hãy tải lại rồi làm lại.", en="The case changed meanwhile; read again and decide again."
    )
