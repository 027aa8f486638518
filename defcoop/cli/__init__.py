"""The command line. The only part of defcoop that prints; each command has a file of its own."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from defcoop import version

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    "validate",
    "explain",
    "build",
    "verify",
    "diff",
    "export",
    "plot",
    "panel",
    "show",
    "release",
    "schema",
    "codebook",
)
"""The commands, in the order of the help page; each is the function of its name in the module of its name."""


def app(names: Sequence[str] = COMMANDS) -> typer.Typer:
    """Make the command line of some commands; only their modules are loaded."""
    made = typer.Typer(
        name="defcoop",
        help="Typed, fully sourced records of defence cooperation: check them, publish them.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(_options)
    for name in names:
        made.command()(getattr(import_module(f"defcoop.cli.{name}"), name))
    return made


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer's signature
    if wanted:
        typer.echo(f"defcoop {version.LIBRARY}, schema {version.SCHEMA}, data {version.DATA}")
        raise typer.Exit


def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the three version numbers.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    """Run the command line; what cannot run ends with one line and exit code 2."""
    try:
        asked = sys.argv[1:2]
        app(asked if asked and asked[0] in COMMANDS else COMMANDS)()
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        typer.echo(f"defcoop: {reason}", err=True)
        sys.exit(2)
    except (ValueError, ImportError) as error:
        typer.echo(f"defcoop: {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
