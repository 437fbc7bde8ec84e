"""Typst, held still: one set of fonts per process, one compiler per thread, no system fonts, no clock, no network, only our templates."""

import os
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import fontpkg_noto_serif
import typst

from signing_service.errors import IntegrityError, UnavailableError

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
_FONT_FILES: Final = Path(fontpkg_noto_serif.ROOT) / "files"

TYPST_VERSION: Final = version("typst")
FONTS: Final = (f"fontpkg-noto-serif {version('fontpkg-noto-serif')}",)

_compilers = threading.local()
_threads_lost = threading.Event()
"""Set in a child forked from a process that had already typeset: Typst's worker threads did not come along, a call would wait for ever."""


def _lose_threads_with_fork() -> None:
    if _fonts.cache_info().currsize:
        _threads_lost.set()


os.register_at_fork(after_in_child=_lose_threads_with_fork)


def text_font_file() -> Path:
    """The upright font file that every template sets its text in."""
    return _FONT_FILES / "NotoSerif[wdth,wght].ttf"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONT_FILES)])


@lru_cache(maxsize=8)
def _template(name: str) -> bytes:
    return (_TEMPLATES / f"{name}.typ").read_bytes()


def _compiler() -> typst.Compiler:
    # A Compiler may not be entered by two threads at once; its fonts may be shared.
    if not hasattr(_compilers, "own"):
        _compilers.own = typst.Compiler(root=str(_TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True)
    compiler: typst.Compiler = _compilers.own
    return compiler


def typeset(template: str, inputs: Mapping[str, str], *, moment: datetime, tagged: bool) -> bytes:
    """Typeset one PDF from a template and strings.

    Args:
        template: Name of a template, without folder and suffix.
        inputs: Reaches the template as `sys.inputs`; never evaluated as markup.
        moment: Written into the file as its time of creation, to the second.
        tagged: True gives PDF/A-3a and PDF/UA-1; False an untagged PDF/A-3b page for a stamp.

    Raises:
        UnavailableError: this process was forked from one that had already typeset (`typesetter-after-fork`).
        IntegrityError: template and inputs do not fit together, or a picture among them is damaged (`typesetting-failed`). Typst's own
            words are dropped, because they quote the text they stumble over.
    """
    if _threads_lost.is_set():
        raise UnavailableError(
            "typesetter-after-fork",
            vi="Tiến trình con này không dàn trang được; hãy dàn trang trong tiến trình riêng khởi động mới.",
            en="This forked process cannot typeset; do it in a freshly started process.",
        )
    try:
        pdf = _compiler().compile(
            input=_template(template),
            sys_inputs=dict(inputs),
            format="pdf",
            pdf_standards=["a-3a", "ua-1"] if tagged else ["a-3b"],
            timestamp=int(moment.timestamp()),
            pdf_tags=tagged,
        )
    except typst.TypstError:
        raise _failed(template) from None
    if not isinstance(pdf, bytes):
        raise _failed(template)
    return pdf


def _failed(template: str) -> IntegrityError:
    return IntegrityError(
        "typesetting-failed",
        vi=f"Không dàn trang được theo mẫu '{template}'; hãy báo người quản trị kèm mã hồ sơ.",
        en=f"The template '{template}' could not be typeset; tell the administrator the record's identifier.",
    )
