"""The JSON Schemas compile in other programs' validators, and generators of code make clean types of them."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fastjsonschema
import pytest

from defcoop.io.yaml_reader import read
from tests.docgen.test_schemas import EACH, EXAMPLES, SCHEMAS, parts, schema_name
from tests.exports.tools import program, run, tool
from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = [CHECKOUT / f"schema/{name}.schema.json" for name in SCHEMAS]
NUMBERED = re.compile(r"\b(?:class|interface|enum) +([A-Za-z]+[0-9]+)\b")
ANY = re.compile(r"\b(?:Any|any)\b")


def test_ajv_compiles_them_in_its_strict_mode() -> None:
    read_by_ajv = run([program("node"), Path(__file__).with_name("schema_types.mjs"), tool("node"), *FILES])
    assert read_by_ajv.splitlines() == ["ok"] * len(FILES)


@EACH
def test_no_keyword_is_ours_or_that_of_a_library(name: str) -> None:
    keywords = {key for part in parts(SCHEMAS[name]) if "type" in part or "$ref" in part for key in part}
    assert not {
        key for key in keywords if isinstance(key, str) and (key.startswith("x-") or key in {"ge", "max_digits"})
    }


@EACH
def test_no_description_holds_a_docstring_s_sections(name: str) -> None:
    descriptions = [part["description"] for part in parts(SCHEMAS[name]) if isinstance(part.get("description"), str)]
    assert not [
        text
        for text in descriptions
        if "\n" in text or ">>>" in text or re.search(r"\b(Raises|Args|Attributes):", text)
    ]


@EACH
def test_fastjsonschema_compiles_it_and_takes_every_record(name: str) -> None:
    takes: Callable[[Any], Any] = fastjsonschema.compile(SCHEMAS[name])
    examples = [path for path in EXAMPLES if schema_name(path) == name]
    assert examples
    for path in examples:
        takes(read(path.read_bytes()))


def test_jsonschema_rs_compiles_them_and_takes_every_record() -> None:
    script = (
        "import json, sys, jsonschema_rs\n"
        "for schema, documents in json.load(sys.stdin):\n"
        "    reader = jsonschema_rs.validator_for(schema)\n"
        "    print(all(map(reader.is_valid, documents)), len(documents))\n"
    )
    given = [
        (SCHEMAS[name], [read(path.read_bytes()) for path in EXAMPLES if schema_name(path) == name]) for name in SCHEMAS
    ]
    done = subprocess.run(
        [tool("codegen") / "bin/python", "-c", script],
        input=json.dumps(given, default=float),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [f"True {len(documents)}" for _, documents in given]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.split(".")[0])
def test_datamodel_code_generator_makes_clean_types(file: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.py"
    options = ["--input-file-type", "jsonschema", "--output-model-type", "pydantic_v2.BaseModel"]
    run([tool("codegen") / "bin/datamodel-codegen", "--input", file, "--output", made, *options])
    source = made.read_text(encoding="utf-8")
    ast.parse(source)
    assert NUMBERED.findall(source) == []
    assert not ANY.search(source)


def test_quicktype_makes_clean_types(tmp_path: Path) -> None:
    quicktype = tool("node") / "node_modules/.bin/quicktype"
    for file in FILES:
        made = tmp_path / f"{file.name.split('.')[0].title().replace('_', '')}.ts"
        run([quicktype, "--src-lang", "schema", "--lang", "ts", "--just-types", "--out", made, file])
        types = re.sub(r"/\*.*?\*/", "", made.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert NUMBERED.findall(types) == []
        assert not ANY.search(types)
