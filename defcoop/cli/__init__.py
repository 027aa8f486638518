"""The command line. The only part of defcoop that prints; each command has a file of its own."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from defcoop import version
from defcoop.cli import build, codebook, diff, explain, export, panel, plot, release, schema, validate, verify

COMMANDS = (
    validate.validate,
    explain.explain,
    build.build,
    verify.verify,
    diff.diff,
    export.export,
    plot.plot,
    panel.panel,
    release.release,
    schema.schema,
    codebook.codebook,
)
"""The commands, in the order of the help page."""

app = typer.Typer(
    name="defcoop",
    help="Typed, fully sourced records of defence cooperation: check them, publish them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in COMMANDS:
    app.command()(command)


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer's signature
    if wanted:
        typer.echo(f"defcoop {version.LIBRARY}, schema {version.SCHEMA}, data {version.DATA}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the three version numbers.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    """Run the command line; what cannot run ends with one line and exit code 2."""
    try:
        app()
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        typer.echo(f"defcoop: {reason}", err=True)
        sys.exit(2)
    except (ValueError, ImportError) as error:
        typer.echo(f"defcoop: {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
