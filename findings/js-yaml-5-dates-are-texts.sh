#!/usr/bin/env bash
# js-yaml 5.5.0 reads an unquoted date as text; js-yaml 4.1.1 made a Date of it, and PyYAML 6.0.4 makes datetime.date of it.
# So `signed: 2031-04-05` has three types in three readers, and the step from js-yaml 4 to 5 changes the type of a value
# without an error: `value.getFullYear()` and comparisons by time break. `0o17` stays 15 and `017` stays 17 in both.
# It matters for pages and editors that show records with js-yaml: a date wants quotes to be the same everywhere.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.4
"$folder/venv/bin/python" - <<'PY'
import yaml

day = yaml.safe_load("signed: 2031-04-05")["signed"]
print("PyYAML", yaml.__version__, type(day).__name__)
assert type(day).__name__ == "date"
PY
cd "$folder"
npm install --silent --no-fund --no-audit four@npm:js-yaml@4.1.1 five@npm:js-yaml@5.5.0 >/dev/null
cat > show.cjs <<'JS'
const assert = require("assert");
const seen = ["four", "five"].map((name) => {
  const value = require(name).load("signed: 2031-04-05").signed;
  const kind = value instanceof Date ? "Date" : typeof value;
  const numbers = require(name).load("[0o17, 017]");
  console.log(require(name + "/package.json").version, kind, JSON.stringify(numbers));
  return [kind, numbers];
});
assert.deepStrictEqual(seen, [["Date", [15, 17]], ["string", [15, 17]]]);
JS
node show.cjs
