#!/usr/bin/env bash
# A list that is opened after its key and closed at the margin, as code is written everywhere,
#     hosts: [
#       a
#     ]
# is read by yaml 2.9.1 without a warning and by PyYAML 6.0.4, and refused by js-yaml 5.5.0 ("deficient indentation").
# yaml 2.9.1 refuses an item at the margin (BAD_INDENT), but not the bracket; PyYAML reads that too. YAML 1.2 wants every
# line of the list indented deeper than its key, the bracket's too. It matters where files are checked with one reader and
# read with another: of three libraries each draws the line elsewhere.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.4
"$folder/venv/bin/python" - <<'PY'
import yaml

for document in ("hosts: [\n  a\n]\n", "hosts: [\na\n ]\n"):
    print("PyYAML", yaml.__version__, repr(document), yaml.safe_load(document))
    assert yaml.safe_load(document) == {"hosts": ["a"]}
PY
cd "$folder"
npm install --silent --no-fund --no-audit yaml@2.9.1 js-yaml@5.5.0 >/dev/null
cat > show.cjs <<'JS'
const yaml = require("yaml"), js = require("js-yaml"), assert = require("assert");
const seen = ["hosts: [\n  a\n]\n", "hosts: [\na\n ]\n"].map((text) => {
  const document = yaml.parseDocument(text);
  const first = document.errors.length ? document.errors[0].code : JSON.stringify(document.toJS());
  let second;
  try { second = JSON.stringify(js.load(text)); } catch (error) { second = error.reason; }
  console.log("yaml 2.9.1", JSON.stringify(text), first, "warnings:", document.warnings.length);
  console.log("js-yaml 5.5.0", JSON.stringify(text), second);
  return [first, second, document.warnings.length];
});
assert.deepStrictEqual(seen, [
  ['{"hosts":["a"]}', "deficient indentation", 0],
  ["BAD_INDENT", "deficient indentation", 0],
]);
JS
node show.cjs
