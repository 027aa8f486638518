"""The options and arguments that several commands take, and what they lead to."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from defcoop.dataset import Dataset

_Command = TypeVar("_Command", bound="Callable[..., Any]")

PATH = click.Path(path_type=Path)

_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def one_of(words: Collection[str]) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """Make the callback of an option or argument that is one of some words."""

    def known(_: click.Context, __: click.Parameter, word: str | None) -> str | None:
        if word is not None and word not in words:
            msg = f"{word} is none of {', '.join(words)}"
            raise click.BadParameter(msg)
        return word

    return known


def format_option(formats: Collection[str], what: str) -> Callable[[_Command], _Command]:
    """Make the option that says how to show something."""
    names = ", ".join(formats)
    return click.option(
        "--format", "output", callback=one_of(formats), default="text", help=f"How to show the {what}: {names}."
    )


def is_by_default(name: str) -> bool:
    """Tell whether nobody gave an option of the command that runs."""
    return click.get_current_context().get_parameter_source(name) is ParameterSource.DEFAULT


def _folder_of_records(_: click.Context, __: click.Parameter, dataset: Path) -> Path:
    from defcoop.io.places import checkout_at

    return checkout_at(dataset).dataset


dataset_option = click.option(
    "--dataset",
    type=PATH,
    default=Path("dataset"),
    callback=_folder_of_records,
    help="A checkout, or its folder of records.",
)
data_option = click.option(
    "--dataset",
    type=PATH,
    help="A checkout or its folder of records; by default dataset/, else the library's data.",
)
package_option = click.option("--package", type=PATH, help="A built package instead: its folder, descriptor or zip.")
seeds_option = click.option(
    "--seeds", type=PATH, help="The folder of seed texts; else $DEFCOOP_SEEDS, seeds/text, ../shared/seeds."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), default=_CORES, help="Processes to use; by default one per core."
)
check_option = click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file is out of date.")
schema_out_option = click.option("--out", type=PATH, default=Path("schema"), help="The folder to write.")


def list_option(what: str, rows: Mapping[str, str]) -> Callable[[_Command], _Command]:
    """Make the option that lists names, each with what it stands for, and ends."""

    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
        if wanted:
            width = max(map(len, rows))
            for name, meaning in rows.items():
                click.echo(f"{name:{width}}  {meaning}")
            context.exit()

    return click.option(
        "--list", is_flag=True, is_eager=True, expose_value=False, callback=show, help=f"List the {what}."
    )


def texts_folder(dataset: Path, given: Path | None) -> Path | None:
    """Find the folder of seed texts for a dataset.

    Raises:
        FileNotFoundError: if the one that was asked for is not there.
    """
    from defcoop.io.seed_texts import find_folder

    return find_folder(dataset.absolute().parent, os.environ, given)


@contextmanager
def package_or_installed(package: Path | None) -> Iterator[Path]:
    """Give the package that is named, else the one that is built here, else one of the data of the library.

    In a checkout, which has data of its own, the last is not given: they are to be built first.
    """
    from defcoop.io.places import is_checkout

    built = Path("build/package")
    if package or built.exists() or is_checkout(Path()):
        yield package or built
        return
    from tempfile import TemporaryDirectory

    from defcoop.dataset import load
    from defcoop.package import build

    with TemporaryDirectory(prefix="defcoop-") as folder:
        place = Path(folder, "package")
        build(load(), place)
        yield place


def data(dataset: Path | None, package: Path | None = None) -> Dataset:
    """Read the data that the options name; by default those of the checkout, else those of the library.

    Raises:
        BadParameter: if both a folder and a package are named.
    """
    from defcoop.dataset import load
    from defcoop.io.places import is_checkout

    if dataset and package:
        msg = "the data are read from --dataset or from --package, not from both"
        raise click.BadParameter(msg)
    here = dataset or package or (Path("dataset") if is_checkout(Path()) else None)
    return load(here) if here else load()
