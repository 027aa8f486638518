#!/usr/bin/env bash
# PyYAML 6.0.4: its two loaders disagree on `{ask: Did you mean x?, edits: 1}`, which YAML 1.2 allows: a question mark may
# end a text inside braces. CSafeLoader (libyaml) reads it, SafeLoader, the default of safe_load, refuses it with
# "expected ',' or '}', but got '?'", also before the closing brace, with or without a space.
# It matters where records or fixtures are written in flow style and hold questions or dates with `?`: what one program
# validated with libyaml ends in a parser error in the next one, which has the same library and the other loader.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.4
"$folder/venv/bin/python" - <<'PY'
import yaml

print("PyYAML", yaml.__version__, "with libyaml" if yaml.__with_libyaml__ else "without libyaml")
seen = {}
for text in ("{ask: Did you mean x?}", "{ask: Did you mean x? }", "{ask: Did you mean x?, edits: 1}"):
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        try:
            told = yaml.load(text, Loader=loader)["ask"]
        except yaml.YAMLError as error:
            told = error.problem
        print(f"{loader.__name__:12}", f"{text:34}", told)
        seen[text, loader.__name__] = told
refusal = "expected ',' or '}', but got '?'"
assert [told for (_, loader), told in seen.items() if loader == "CSafeLoader"] == ["Did you mean x?"] * 3
assert [told for (_, loader), told in seen.items() if loader == "SafeLoader"] == [refusal] * 3
PY
