"""The page that lists the codes of findings, by their concern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from defcoop.validation.codes import CODES, RANGES

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page."""
    files.append(File.generated(config, "codes/index.md", content=page()))
    return files


def page() -> str:
    """Write the page: a table for each concern."""
    lines = ["# Codes of findings", "", "`defcoop explain DC101` prints the page of a code on the terminal.", ""]
    for start, concern in RANGES.items():
        lines += [f"## {concern}", "", "| code | severity | means | what to do |", "| --- | --- | --- | --- |"]
        for code, told in CODES.items():
            if code.startswith(start):
                lines.append(f"| [{code}]({code}.md) | {told.severity} | {told.title} | {told.remedy} |")
        lines.append("")
    return "\n".join(lines)
