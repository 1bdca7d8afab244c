"""Take from this process what answering a query does not need: memory, sockets, other programs, core files."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import platform
import resource
import signal
import struct
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_STACK_PART = 4  # of the memory, for the stack: queries nested 100,000 deep take more than the usual 8 MiB

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # operations of the kernel's filter machine
_NUMBER, _ARCHITECTURE = 0, 4  # where a filter finds them in what it is asked about
_FIRST_X32 = 0x40000000  # numbers from here on name the same calls once more, on x86-64
_LARGEST = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Machine:
    """A processor, as the kernel calls it, and the numbers of the calls that are refused on it."""

    audit: int
    refused: Sequence[int]
    end: int


# In both: socket, connect, accept, bind, listen, socketpair, accept4; execve, execveat; ptrace, process_vm_readv and
# _writev; io_uring_setup, _enter and _register, by which all of the former could be asked for.
_MACHINES = {
    "x86_64": _Machine(
        0xC000003E, (41, 42, 43, 49, 50, 53, 288, 59, 322, 101, 310, 311, 425, 426, 427), _FIRST_X32
    ),
    "aarch64": _Machine(
        0xC00000B7, (198, 203, 202, 200, 201, 199, 242, 221, 281, 117, 270, 271, 425, 426, 427), _LARGEST
    ),
}  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def offered() -> bool:
    """Whether this system can refuse sockets and other programs to a process."""
    return sys.platform == "linux" and platform.machine() in _MACHINES


def forbid_calls() -> bool:
    """Refuse sockets, other programs and other processes' memory to this thread and those it starts; whether it worked."""
    if not offered():
        return False
    program = _filter(_MACHINES[platform.machine()])
    compiled = _Program(len(program) // 8, program)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    return bool(
        prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        and prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(compiled), 0, 0) == 0
    )


def bound(memory: int) -> None:
    """Let this process have `memory` bytes of addresses, and leave no core file."""
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def die_with_parent() -> None:
    """End this process when the one that started it ends; leave Ctrl-C to that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prctl: Callable[..., int] | None = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def run_deep(action: Callable[[], None], *, memory: int) -> None:
    """Run `action` to its end in a thread whose stack is a quarter of `memory`."""
    threading.stack_size(memory // _STACK_PART)
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    thread.join()


def _filter(machine: _Machine) -> bytes:
    """The filter as the kernel reads it: other processors' calls, x32 calls and the refused ones fail, others pass."""
    count = len(machine.refused)
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 0, count + 3, machine.audit),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_AT_LEAST, count + 1, 0, machine.end),
        *((_JUMP_EQUAL, count - place, 0, number) for place, number in enumerate(machine.refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
