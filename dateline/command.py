"""The `dateline` command: one verb a module under `dateline/verbs/`, loaded when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from importlib.metadata import version

import click
from pydantic import ValidationError

VERBS = (
    "up", "push", "sources", "extract", "tag", "cluster", "events", "timeline", "tail", "agents", "serve", "topics",
    "migrate", "dead-letters", "replay", "doctor",
)  # fmt: skip


class Failure(click.ClickException):
    """What was wrong, where, and what to do, in one or two sentences; ends the command with status 1."""

    def show(self, file: object = None) -> None:
        """Print the message to standard error."""
        click.echo(f"dateline: {self.message}", err=True)


class _Verbs(click.Group):
    """Loads a verb's module only when it is asked for, so that `dateline --help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command = importlib.import_module(f"dateline.verbs.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)
        return command


@click.command(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("dateline"), prog_name="dateline")
def dateline() -> None:
    """Turn a stream of news articles into a timeline of dated events.

    Start with `dateline up`, then `dateline push FILE` and `dateline events`. Settings are environment variables
    (DATELINE_*), listed in docs/settings.md.
    """


def main() -> None:
    """Run the command line; ends the process."""
    try:
        dateline.main(standalone_mode=True)
    except ValidationError as error:
        problems = "; ".join(
            f"DATELINE_{'_'.join(map(str, problem['loc'])).upper()}: {problem['msg']}" for problem in error.errors()
        )
        click.echo(f"dateline: a setting is wrong. {problems}. See docs/settings.md", err=True)
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
