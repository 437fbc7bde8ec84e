"""What a process gives up before it looks at a stranger's file: rights, network, files, memory and time."""

import ctypes
import os
import resource
from collections.abc import Sequence
from typing import Final

WALL_SECONDS: Final = 20
"""From the whole request to the answer; beyond it the child is killed."""

MEMORY_OCTETS: Final = 1024**3
"""Address space of one child."""

_OPEN_FILES: Final = 32
_NOBODY: Final = 65534

# <linux/prctl.h> and <linux/sched.h>
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38
_SIGKILL: Final = 9
_CAPABILITY_VERSION_3: Final = 0x20080522
_CLONE_NEWIPC: Final = 0x08000000
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000


def leave_the_network() -> bool:
    """Move this process, while it has one thread, into a network without any device; False where the system does not allow it."""
    library = ctypes.CDLL(None, use_errno=True)
    spaces = _CLONE_NEWNET | _CLONE_NEWIPC
    # Only a superuser may do without a user namespace, and only where the container engine left that right.
    return any(library.unshare(wanted) == 0 for wanted in (spaces, spaces | _CLONE_NEWUSER))


def nobody_can_read(paths: Sequence[str]) -> bool:
    """Whether the superuser, once turned into nobody, could still read all of these; True for anybody else, who stays who they are."""
    if os.geteuid() != 0:
        return True
    os.setgroups([])
    os.setegid(_NOBODY)
    os.seteuid(_NOBODY)
    try:
        return all(os.access(path, os.R_OK, effective_ids=True) for path in paths)
    finally:
        os.seteuid(0)
        os.setegid(0)


def give_up_rights(*, keep_identity: bool) -> None:
    """Give up the superuser for good; anybody else stays who they are. No new rights ever, and no memory image for others to read.

    With `keep_identity` the superuser keeps the name and loses every capability: what a program needs that lies where only it may read.
    """
    library = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0:
        os.setgroups([])
        if keep_identity:
            header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
            library.capset(header, (ctypes.c_uint32 * 6)())
        else:
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def confine() -> None:
    """Lower the limits of this process for good: memory, processor time, no file written, few opened, no core; dies with its parent."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_OCTETS),
        (resource.RLIMIT_CPU, WALL_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
