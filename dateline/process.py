"""Child processes that cannot outlive their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def spawn(
    command: Sequence[str], *, log: Path | None = None, env: Mapping[str, str] | None = None, nice: int = 0
) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own, so that a terminal's Ctrl-C reaches only the parent.

    On Linux the kernel kills the child when the *thread* that started it ends: call this from a thread that stays.

    Args:
        command: the argument vector.
        log: file that its output is appended to; without it the output goes where the parent's goes.
        env: variables added to the parent's environment.
        nice: how much priority to give away, 0 to 19.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def before_exec() -> None:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:  # the parent ended before the line above
                os._exit(1)
        if nice:
            os.nice(nice)

    output = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            env={**os.environ, **(env or {})},
            start_new_session=True,
            preexec_fn=before_exec,
        )
    finally:
        if output:
            output.close()


def end(process: subprocess.Popen[bytes], patience: float) -> int:
    """Ask a process to end (SIGTERM), and end it (SIGKILL) after `patience` seconds; return its exit status."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()
