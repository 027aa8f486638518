"""Writing a record as the YAML file that a person edits."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

from defcoop.io.yaml_scalars import is_read_otherwise, reads_as_text
from defcoop.models import Record, SourceCard
from defcoop.values import Edtf, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.models import DatasetCard

_WIDTH, _SHORT = 120, 104
_LAST = (
    "figures",
    "absent",
    "conflicts",
    "alternatives",
    "relative_dates",
    "possibly_same_as",
    "accept",
    "note",
    "withdrawn",
    "evidence",
)
"""Fields of the envelope that stand below the record's own."""


def write_yaml(model: Record | SourceCard | DatasetCard, type_name: str) -> str:
    """Write a record or a card in the canonical layout, with the line that tells editors its schema.

    Reading the text back gives an equal model.
    """
    schema = "../../schema" if isinstance(model, Record) else "../schema" if isinstance(model, SourceCard) else "schema"
    body = model.model_dump(by_alias=True, exclude_defaults=True)
    order = [name for name in body if name not in _LAST] + [name for name in _LAST if name in body]
    text = yaml.dump(
        {name: _styled(body[name], name) for name in order},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_WIDTH,
    )
    return f"# yaml-language-server: $schema={schema}/{type_name}.schema.json\n{text}"


class _Dumper(yaml.SafeDumper):
    """A dumper that knows the styles of records: short lists and mappings on one line, lists indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


class _Flow(dict[str, Any]):
    """A mapping on one line."""


def _styled(value: object, name: str) -> object:
    if isinstance(value, dict):
        styled = {key: _styled(item, key) for key, item in value.items()}
        fits = sum(len(f"{key}: {item}, ") for key, item in value.items()) <= _SHORT
        return _Flow(styled) if fits and not _has_lists(value.values()) else styled
    if isinstance(value, tuple | list):
        return [_styled(item, name) for item in value] if _has_dicts(value) else tuple(value)
    return value


def _has_lists(values: Iterable[object]) -> bool:
    return any(isinstance(value, tuple | list | dict) for value in values)


def _has_dicts(values: Iterable[object]) -> bool:
    return any(isinstance(value, dict) for value in values)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    # What YAML 1.1 takes for something else is quoted by the dumper, which is a writer of that.
    quoted = isinstance(value, Edtf) or not (reads_as_text(value) or is_read_otherwise(value))
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style='"' if quoted else None)


def _on_one_line(dumper: yaml.SafeDumper, value: Any) -> yaml.Node:  # noqa: ANN401 - a tuple or a _Flow
    if isinstance(value, tuple):
        return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=False)


def _mapping(dumper: yaml.SafeDumper, value: dict[str, Any]) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=False)


def _number(dumper: yaml.SafeDumper, value: Any) -> yaml.ScalarNode:  # noqa: ANN401 - a Decimal
    text = plain(value)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Dumper.add_multi_representer(str, _text)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(tuple, _on_one_line)
_Dumper.add_representer(_Flow, _on_one_line)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(Decimal, _number)
