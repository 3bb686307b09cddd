"""Run an application in the foreground, crash-only: any failure ends the process with a status other than 0."""

from __future__ import annotations

import asyncio

import faust
import uvloop
from mode.services import Service


def run(app: faust.App, *services: Service, log_level: str = "info") -> None:
    """Run an application, with services beside it in the same event loop, until SIGTERM or SIGINT; never returns.

    Args:
        app: the application with its agents.
        services: started before the application, stopped with it; one that crashes takes the process down.
        log_level: least severe level that is logged (to standard error).

    Raises:
        SystemExit: always; status 0 after a signal, 1 after a failure.
    """
    # of the process, not of a runner: Faust's consumer makes a loop of its own, in a thread of its own
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    faust.Worker(app, *services, loglevel=log_level, quiet=False).execute_from_commandline()
