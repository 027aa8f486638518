"""Templates: the files that a dataset starts with, ours and those of installed packages, filled with its values.

An installed package adds a set by an entry point in the group `defcoop.templates` that leads to a `Templates`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from re import RegexFlag
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from defcoop._imports import in_one_line, offers
from defcoop.errors import DefcoopError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

_SUFFIX = ".in"
_DOT = "dot-"


class TemplateError(DefcoopError):
    """A set of templates that is not installed, or whose files cannot be filled."""


@dataclass(frozen=True, slots=True)
class Templates:
    """A set of templates: its name, what it is for, and the package and folder that its files lie in.

    The folder has two: what lies in `once` is the team's from the first day, what lies in `kept` is kept up to date.
    A file's name ends in `.in`, which goes, and where a name is to begin with a dot it begins with `dot-`. In names
    and texts `@@title` stands for a value of the dataset's card. Files stand beside those of the set `dataset`, and
    take the place of those of the same name.
    """

    name: str
    what: str
    package: str
    folder: str = "templates"


class RenderedFile(NamedTuple):
    """A file as a template makes it: its text, and whether it is written once and never looked at again."""

    text: str
    is_once: bool


OWN = Templates("dataset", "A dataset with a Makefile, checks before each commit and on GitHub.", __package__, "files")
"""The library's own templates, which every set builds upon."""


class _Text(Template):
    """A template in which Makefiles, workflows and Markdown stand as they are."""

    delimiter = "@@"
    idpattern = "[a-z][a-z0-9_]*"
    flags = RegexFlag(0)


def template_sets() -> dict[str, Templates | DefcoopError]:
    """Give every set by its name, ours first; of one that cannot be loaded, why."""
    return {**dict(offers("templates", Templates, "templates")), OWN.name: OWN}


def template_set(name: str) -> Templates:
    """Give a set by its name.

    Raises:
        TemplateError: if there is none, or it cannot be loaded.
    """
    found = template_sets().get(name)
    if isinstance(found, Templates):
        return found
    if found:
        raise TemplateError(str(found))
    known = ", ".join(template_sets())
    msg = f"there are no templates {name}; there are {known}, and others come with the package that has them"
    raise TemplateError(msg)


def render(templates: Templates, values: Mapping[str, str]) -> dict[str, RenderedFile]:
    """Fill the templates of a set, by the path of each file in the dataset's folder.

    Raises:
        TemplateError: if a file cannot be read, or names a value that there is none of.
    """
    rendered: dict[str, RenderedFile] = {}
    for each in dict.fromkeys((OWN, templates)):
        for is_once, folder in ((True, "once"), (False, "kept")):
            for name, text in _files(each, folder):
                rendered[_path(_filled(name, values, name))] = RenderedFile(_filled(text, values, name), is_once)
    return dict(sorted(rendered.items()))


def _files(templates: Templates, folder: str) -> Iterator[tuple[str, str]]:
    try:
        import_module(templates.package)
        root = files(templates.package).joinpath(templates.folder)
        if not root.is_dir():
            msg = f"{templates.package} has no folder {templates.folder}"
            raise InputError(msg)
        place = root.joinpath(folder)
        yield from _below(place, "") if place.is_dir() else ()
    except (ImportError, OSError, ValueError) as error:
        msg = f"the templates {templates.name} cannot be read: {in_one_line(error)}"
        raise TemplateError(msg) from None


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(_SUFFIX):
            yield f"{path}{entry.name.removesuffix(_SUFFIX)}", entry.read_bytes().decode().replace("\r\n", "\n")


def _path(name: str) -> str:
    parts = name.split("/")
    if any(part in {"", ".", "..", ".git", "dot-git"} or "\\" in part or "\0" in part for part in parts):
        msg = f"{name!r} is no path of a file in a dataset"
        raise TemplateError(msg)
    return "/".join(f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part for part in parts)


def _filled(text: str, values: Mapping[str, str], name: str) -> str:
    try:
        return _Text(text).substitute(values)
    except KeyError as error:
        msg = f"the template {name} names a value that there is none of: {error.args[0]}"
    except ValueError as error:
        msg = f"the template {name} cannot be filled: {in_one_line(error)}"
    raise TemplateError(msg)
