"""The command line: one module a command, imported only when asked, so that a plain install verifies without the rest."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

from signing_service import __version__
from signing_service.errors import SigningServiceError

FAILED = 2
"""Exit code of a wrong call or of a command that could not do its work."""

_INTERRUPTED = 130

_COMMANDS = {
    "init": ("Tạo khóa, cơ sở dữ liệu và kho lưu trữ · create keys, database and store", "initialise"),
    "demo": ("Chạy trọn quy trình trên lớp mẫu · run the whole line on the shipped sample class", "demo"),
    "serve": ("Mở trang web và API · serve web pages and API", "serve"),
    "worker": ("Xử lý nền các hồ sơ đang chờ · carry waiting cases on in the background", "worker"),
    "import": ("Nhập bảng điểm của một lớp · import a class workbook", "import_workbook"),
    "verify": ("Kiểm tra tệp PDF đã ký · verify signed PDF files, offline", "verify"),
    "archive": ("Kiểm tra kho lưu trữ · look after the archive", "archive"),
    "status": ("Hàng chờ, khóa và chứng thư · queues, keys and certificates", "status"),
}


class Command(Protocol):
    """What each command's module offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Do the work; returns the exit code."""
        ...


def _usage() -> str:
    lines = [f"  {name:<8} {summary}" for name, (summary, _module) in _COMMANDS.items()]
    return "\n".join(["usage: signing-service COMMAND [--help] ...", "", *lines])


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    _print_anything()
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in _COMMANDS:
        return _run(words[0], words[1:])
    if words in (["--version"], ["-V"]):
        sys.stdout.write(f"signing-service {__version__}\n")
        return 0
    if words in (["-h"], ["--help"]):
        sys.stdout.write(_usage() + "\n")
        return 0
    sys.stderr.write(f"signing-service: không có lệnh này · no such command\n{_usage()}\n")
    return FAILED


def _run(name: str, words: Sequence[str]) -> int:
    summary, module_name = _COMMANDS[name]
    try:
        command: Command = import_module(f"signing_service.cli.{module_name}")
    except ModuleNotFoundError as missing:
        sys.stderr.write(
            f"signing-service {name}: bản cài này chỉ để kiểm tra; cài thêm phần dịch vụ: pip install '.[service]'"
            f" · this install only verifies ({missing.name} is missing); install the extra [service]\n"
        )
        return FAILED
    parser = argparse.ArgumentParser(prog=f"signing-service {name}", description=summary)
    command.configure(parser)
    arguments = parser.parse_args(words)
    try:
        code = command.run(arguments)
        sys.stdout.flush()
    except SigningServiceError as error:
        sys.stderr.write(f"{error.vi}\n{error.en} [{error.code}]\n")
        return FAILED
    except BrokenPipeError:
        # The reader has seen enough; what Python would still flush at its end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        place = "" if error.filename is None else f" ({error.filename})"
        sys.stderr.write(f"Hệ điều hành từ chối · the system refused: {error.strerror or type(error).__name__}{place}\n")
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write("Đã dừng · stopped\n")
        return _INTERRUPTED
    return code


def _print_anything() -> None:
    """A terminal that cannot show a letter, or a file name that is no text, gets an escape instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
