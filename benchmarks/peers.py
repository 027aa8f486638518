"""The peers: other validators on the same records, each installed in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import cldf, linkml
from benchmarks.measure import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_FOLDERS = {
    "actor": "dataset/actors",
    "agreement": "dataset/agreements",
    "deployment": "dataset/deployments",
    "engagement": "dataset/engagements",
    "exercise": "dataset/exercises",
    "facility": "dataset/facilities",
    "source_card": "seeds",
    "trade_figure": "dataset/trade_figures",
}


class Subject(NamedTuple):
    """What a peer is to look at: a checkout, its built package, the JSON Schemas, and room for its own files."""

    tree: Path
    package: Path
    schemas: Path
    room: Path


class Peer(NamedTuple):
    """Another validator: what to install, how to run it, the most records it is given, and what it looks at.

    `command` gets the folder of its programs and a subject.
    """

    name: str
    package: str
    command: Callable[[Path, Subject], Command]
    most: int
    looks_at: str


def install(peer: Peer, folder: Path) -> Path | None:
    """Install a peer below a folder and give the folder of its programs, or None if it cannot be installed."""
    home = folder / f"venv-{peer.package.partition('==')[0]}"
    done = home / "installed"
    if not (done.is_file() and done.read_text(encoding="utf-8") == peer.package):
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        try:
            subprocess.run([sys.executable, "-m", "venv", str(home)], check=True, capture_output=True)
            subprocess.run([*pip, peer.package], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        done.write_text(peer.package, encoding="utf-8")
    return home / "bin"


def _check_jsonschema(programs: Path, subject: Subject) -> Command:
    # One run for each type: a run takes one schema.
    call = f"{programs}/check-jsonschema --no-cache --schemafile"
    lines = [f"{call} {subject.schemas}/{name}.schema.json {where}/*.yaml" for name, where in _FOLDERS.items()]
    return _script(lines, subject)


def _linkml(programs: Path, subject: Subject) -> Command:
    schema = subject.room / "defcoop.linkml.json"
    schema.write_text(linkml.classes(subject.schemas), encoding="utf-8")
    call = f"{programs}/linkml-validate --schema {schema} --target-class"
    return _script([f"{call} {name} {where}/*.yaml" for name, where in _FOLDERS.items()], subject)


def _cldf(programs: Path, subject: Subject) -> Command:
    return Command([str(programs / "cldf"), "validate", str(cldf.describe(subject.package))], subject.package)


def _frictionless(programs: Path, subject: Subject) -> Command:
    words = [str(programs / "frictionless"), "validate", str(subject.package / "datapackage.json")]
    return Command(words, subject.package)


def _script(lines: Sequence[str], subject: Subject) -> Command:
    return Command(["sh", "-ec", "\n".join(lines)], subject.tree)


PEERS = (
    Peer("check-jsonschema", "check-jsonschema==0.39.0", _check_jsonschema, 10_000, "YAML against schema/*.json"),
    Peer("linkml-validate", "linkml==1.12.1", _linkml, 10_000, "YAML against LinkML classes made of schema/*.json"),
    Peer("cldf validate", "pycldf==2.1.1", _cldf, 100_000, "the built CSV tables, as a CLDF dataset"),
    Peer("frictionless", "frictionless==5.21.0", _frictionless, 100_000, "the built package, CSV and JSON"),
)
"""Versions are pinned so that figures can be had again; the first two look at no reference and no text."""
