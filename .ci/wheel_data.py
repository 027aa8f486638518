"""Puts the data into the wheel as lists in JSON, which are read ten times as fast as the YAML files of a checkout.

hatchling calls this when it builds a wheel; an editable installation reads the checkout and needs none of it.
"""  # noqa: INP001 - hatchling loads it by its path

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelData(BuildHookInterface):
    """Writes `defcoop/_data/<folder>.json` for each type of record, `seeds.json` and `dataset.json`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the lists to a folder that lasts as long as the build, and tell hatchling where they belong."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from defcoop.io.yaml_reader import read  # noqa: PLC0415 - the library that is being built
        from defcoop.models.registry import TYPES  # noqa: PLC0415 - the source tree comes onto the path first

        self.made = tempfile.TemporaryDirectory()
        folders = {kind.folder: Path(self.root, "dataset", kind.folder).glob("*.yaml") for kind in TYPES}
        folders["seeds"] = Path(self.root, "seeds").glob("seed-*.yaml")
        for name, files in folders.items():
            lines = [_line(read(path.read_bytes())) for path in sorted(files, key=lambda path: path.name)]
            target = Path(self.made.name, f"{name}.json")
            target.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")
            build_data["force_include"][str(target)] = f"defcoop/_data/{name}.json"
        target = Path(self.made.name, "dataset.json")
        card = _line(read(Path(self.root, "dataset.yaml").read_bytes()))
        target.write_text(f"{card}\n", encoding="utf-8", newline="\n")
        build_data["force_include"][str(target)] = "defcoop/_data/dataset.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - a method of hatchling
        """Take the folder away."""
        if version != "editable":
            self.made.cleanup()


def _line(document: object) -> str:
    # A decimal is written as text, in which it keeps the digits it was written with.
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)
