"""The command line. The only part of defcoop that prints; each command has a file of its own.

Only the module of the command that is named is loaded, so that starting costs little.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from defcoop import version
from defcoop._imports import entry_points, load
from defcoop.errors import DefcoopError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

COMMANDS = {
    "validate": "Check records, references, evidence and passages.",
    "explain": "Say what a code means, why it matters, and what is wrong and right.",
    "migrate": "Bring records of an older schema into the form of today's.",
    "build": "Check the dataset and write it as a Frictionless data package.",
    "get": "Unpack the package of the data that came with the library, as it was released.",
    "verify": "Check a package: hashes, tables, keys, claims, tombstones, and with the texts every passage.",
    "diff": "Say what changed between two states of the data, and which step of the version that calls for.",
    "export": "Write the built package in another format.",
    "plot": "Draw a picture of the data, as a file that needs no network.",
    "panel": "Write a table with a row for each pair of states and each year, as CSV.",
    "show": "Show a record, and for each of its values who says so, where and how firmly.",
    "init": "Start another dataset: folders, card, a first record, checks, Makefile and the like.",
    "update": "Bring what `defcoop init` wrote up to this version, and show how it changes.",
    "release": "Release the data: version, changelog, citation, codebook, commit, tag, archive and its hash.",
    "schema": "Write the JSON Schema of every record type and the shapes of the tables, generated from the models.",
    "codebook": "Write the codebook: every table, field and term, in Markdown and HTML; with data, how they use it.",
}
"""The commands in the order of the help page, each the function of its name in the module of its name.

Beside each stands the first sentence of its own help, so that the list of all loads none of them.
"""

TRACEBACK = "DEFCOOP_TRACEBACK"
"""The environment variable that asks for the traceback of a bug."""


class _Commands(click.Group):
    """Our own commands, and under other names those that installed packages offer as `defcoop.commands`."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name in COMMANDS:
            command: click.Command = getattr(import_module(f"defcoop.cli.{cmd_name}"), cmd_name)
            return command
        plugin = _plugins().get(cmd_name)
        return load(plugin, click.Command, "command") if plugin else None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [*COMMANDS, *_plugins()]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        plugins = {name: _described(plugin) for name, plugin in _plugins().items()}
        with formatter.section("Commands"):
            formatter.write_dl(list((COMMANDS | plugins).items()))


def _plugins() -> dict[str, EntryPoint]:
    return {name: point for name, point in entry_points("commands").items() if name not in COMMANDS}


def _described(plugin: EntryPoint) -> str:
    try:
        return load(plugin, click.Command, "command").get_short_help_str(limit=100)
    except DefcoopError as error:
        return f"({error})"


@click.group(
    cls=_Commands,
    name="defcoop",
    invoke_without_command=True,  # to exit with 2, which versions of click see differently
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True},
)
@click.version_option(
    version.LIBRARY,
    message=f"defcoop %(version)s, schema {version.SCHEMA}, data {version.DATA}",
    help="Print the three version numbers.",
)
@click.pass_context
def app(context: click.Context) -> None:
    """Typed, fully sourced records of defence cooperation: check them, publish them."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(2)


def main() -> None:
    """Run the command line; what cannot run ends with one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        # Where a code page has no Arabic, letters come out as escapes, and nothing after them is lost.
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
    try:
        sys.exit(app.main(prog_name="defcoop", standalone_mode=False))
    except click.ClickException as error:
        error.show()
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except OSError as error:
        _say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except DefcoopError as error:
        _say(str(error))
    except Exception as error:  # noqa: BLE001 - a bug, of which a user sees one line too
        _say(_bug(error))
    sys.exit(2)


def _say(line: str) -> None:
    click.echo(f"defcoop: {line}", err=True)


def _bug(error: Exception) -> str:
    if os.environ.get(TRACEBACK):
        import traceback

        click.echo(traceback.format_exc(), err=True)
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    return (
        f"this is a mistake in defcoop and not in your data: {reason}. "
        f"Please report it to its maintainers; {TRACEBACK}=1 shows where it happened."
    )
