"""`defcoop init`: start another dataset."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from defcoop.cli._options import PATH
from defcoop.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


@click.command
@click.argument("folder", metavar="DIR", type=PATH)
@click.option(
    "--from", "answers_file", type=PATH, help="A YAML file with fields of dataset.yaml; then nothing is asked."
)
@click.option("--name", help="A short name in small letters; by default made from that of the folder.")
@click.option("--title", help="The title, under which it is cited.")
@click.option("--description", help="What it is, in a sentence or two.")
@click.option("--language", multiple=True, help="A language of its texts, such as en; once for each.")
@click.option("--covers", multiple=True, help="What it covers: acts, states, years; once for each.")
@click.option("--contributor", multiple=True, help="Who makes it, with an ORCID iD if there is one; once for each.")
@click.option("--licence", help="The licence of the data, by its SPDX identifier.")
@click.option("--homepage", help="The address where it is found.")
@click.option("--seed-prefix", multiple=True, help="What the ids of its source cards begin with; by default seed.")
@click.option("--templates", help="The templates of an installed package; by default our own.")
def init(folder: Path, answers_file: Path | None, templates: str | None, **options: Any) -> None:  # noqa: ANN401 - texts and tuples of texts
    """Start another dataset: folders, card, a first record, checks, Makefile and the like.

    On a terminal it asks what no option says; in a pipe, or with --from, what nobody says is filled in, and can be
    changed in dataset.yaml. Nothing that is there is written over.

    Example: defcoop init nordic --language en --language no
    """
    from defcoop.scaffold import start
    from defcoop.scaffold.answers import QUESTIONS, card_of, read_answers
    from defcoop.scaffold.templates import OWN, template_set

    chosen = template_set(templates or OWN.name)
    said = {question.field: options[question.option.replace("-", "_")] for question in QUESTIONS}
    answers = read_answers(answers_file) if answers_file else {}
    for question in QUESTIONS:
        if given := said[question.field]:
            answers[question.field] = question.of([given] if isinstance(given, str) else list(given))
    name = folder.absolute().name
    card_of(answers, name)  # what is wrong in the options is said before anything is asked
    if not answers_file and sys.stdin.isatty():
        _ask(answers, name)
    card = card_of(answers, name)
    paths = start(folder, card, chosen)
    click.echo(f"{folder} holds {card.title} now: {len(paths)} files. In that folder:", err=True)
    click.echo("  make data   checks the records and writes build/package\n  make test   checks all", err=True)


def _ask(answers: dict[str, object], folder: str) -> None:
    """Ask what is not answered yet; an answer that cannot stand is asked for again."""
    from defcoop.scaffold.answers import QUESTIONS, card_of

    for question in QUESTIONS:
        while question.field not in answers:
            usual = question.line(card_of(answers, folder))
            line = click.prompt(question.words, default=usual, err=True, show_default=bool(usual))
            answer = question.read(line)
            try:
                card_of(answers | {question.field: answer}, folder)
            except InputError as error:
                click.echo(str(error), err=True)
            else:
                answers[question.field] = answer
