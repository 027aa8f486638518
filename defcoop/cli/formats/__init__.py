"""The formats in which findings are shown; one small renderer each."""

from defcoop.cli.formats import json, text

FORMATS = {"text": text.render, "json": json.render}
"""Renderers by the format's name; each turns a report into the text to print."""
