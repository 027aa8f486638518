"""`defcoop show`: one record with its evidence."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

import click

from defcoop.cli._options import data, data_option, package_option
from defcoop.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.dataset import Dataset
    from defcoop.models import Record
    from defcoop.package.claims import Claim

_RELATIONS = {"supports": "", "contradicts": ", told otherwise", "alternative": ", read otherwise"}


@click.command
@click.argument("record_id", metavar="ID")
@data_option
@package_option
@click.option("--json", "as_json", is_flag=True, help="The record and its claims as JSON.")
def show(record_id: str, dataset: Path | None, package: Path | None, *, as_json: bool) -> None:
    """Show a record, and for each of its values who says so, where and how firmly.

    ID is the id of the record, or a code or name of it: Turkey, TUR, cow:640.

    Example: defcoop show act-qat
    """
    records = data(dataset, package)
    record = named(records, record_id)
    claims = records.claims(record)
    if as_json:
        whole = json.loads(record.model_dump_json(by_alias=True, exclude_defaults=True))
        output = {"record": whole, "claims": [claim._asdict() for claim in claims]}
        click.echo(json.dumps(output, ensure_ascii=False, indent=2))
        return
    for line in (*_head(record), "", *_claim_lines(claims, records)):
        click.echo(line)


def named(records: Dataset, text: str) -> Record:
    """Give the record that is meant by an id, a code or a name.

    Raises:
        InputError: if there is none, or several may be meant; the message has those that are near.
    """
    if text in records:
        return records[text]
    matches = records.find(text)
    if not matches or not matches.is_sure:
        near = records.nearest(text)
        msg = f"there is no record {text}. {near}".rstrip()
        raise InputError(msg)
    return matches.single()


def _head(record: Record) -> Iterator[str]:
    """Give the record as its file has it, down to the evidence, which follows value by value."""
    from defcoop.io.yaml_writer import write_yaml
    from defcoop.models.registry import type_of

    _, *lines = write_yaml(record, type_of(record).name).partition("\nevidence:\n")[0].splitlines()
    yield from lines


def _claim_lines(claims: list[Claim], dataset: Dataset) -> Iterator[str]:
    for (field, value, relation), group in groupby(claims, lambda claim: (claim.field, claim.value, claim.relation)):
        yield f"{field}{_RELATIONS[relation]}: {value}"
        for claim in group:
            where = f"{claim.seed_id} [{claim.start}, {claim.end})"
            yield f"  {where} {_who(claim, dataset)}, {claim.stance}, {claim.basis}"
            yield f"    {claim.quote}"
            if claim.reasoning:
                yield f"    {claim.reasoning}"


def _who(claim: Claim, dataset: Dataset) -> str:
    actor = claim.speaker_id or claim.outlet_id
    return f"{claim.voice} {dataset.actors[actor].name}" if actor else claim.voice
