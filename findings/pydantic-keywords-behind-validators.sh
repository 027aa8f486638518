#!/usr/bin/env bash
# pydantic 2.14.4: bounds after an AfterValidator reach the JSON Schema under pydantic's own names.
#
# `Annotated[int, Field(ge=0)]` gives {"minimum": 0}. With a validator before the bound, which many have for trimming
# or normalising, the same bound is enforced in Python as before, but the schema gets {"ge": 0} and {"multiple_of": 2}:
# words that JSON Schema does not have. Lenient validators ignore them, so that -1 passes elsewhere; Ajv in its default
# mode refuses the whole schema ("unknown keyword"). It matters wherever published schemas come from models. The way
# out: put `Field(ge=...)` before the validator, or write the bounds in a GenerateJsonSchema of one's own.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pydantic==2.14.4 jsonschema==4.26.0
"$work/venv/bin/python" - <<'PY'
from typing import Annotated

import jsonschema
import pydantic
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

bounds = Field(ge=0, multiple_of=2)
plain = TypeAdapter(Annotated[int, bounds]).json_schema()
first = TypeAdapter(Annotated[int, bounds, AfterValidator(abs)]).json_schema()
behind = TypeAdapter(Annotated[int, AfterValidator(int), bounds])
print("pydantic", pydantic.VERSION)
print("bounds alone:           ", plain)
print("bounds, then validator: ", first)
print("validator, then bounds: ", behind.json_schema())
try:
    behind.validate_python(-1)
    raise SystemExit("changed: pydantic takes -1")
except ValidationError:
    print("pydantic refuses -1")
passes = jsonschema.Draft202012Validator(behind.json_schema()).is_valid(-1)
print("a JSON Schema validator takes -1:", passes)
assert plain == first == {"type": "integer", "minimum": 0, "multipleOf": 2}
assert behind.json_schema() == {"type": "integer", "ge": 0, "multiple_of": 2}, "changed"
assert passes, "changed"
PY
