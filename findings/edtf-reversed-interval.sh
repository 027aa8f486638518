#!/usr/bin/env bash
# The two EDTF libraries disagree on what they refuse, each way: edtf 5.0.2 of PyPI takes an interval that ends before it
# begins, and a set of two qualified years; edtf 4.11.1 of npm refuses both. An unknown digit of a month (2010-1X) is the
# reverse: EDTF.js reads it, and the Python library, whose parser has a rule for it, raises AttributeError.
# It matters where dates are checked by the one and read by the other: neither list of accepted dates holds the other, so a
# vocabulary that both take has to be the intersection, tried with both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet edtf==5.0.2
npm install --silent --no-audit --no-fund edtf@4.11.1 >/dev/null
cat > read.py <<'PY'
import contextlib, io, sys
from importlib.metadata import version
from edtf import parse_edtf
print("edtf of PyPI", version("edtf"))
for text in sys.argv[1:]:
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what it tries
            parse_edtf(text)
    except Exception as error:
        print(text, "refused:", type(error).__name__)
    else:
        print(text, "taken")
PY
cat > read.mjs <<'JS'
import { readFileSync } from 'node:fs'
import edtf from 'edtf'
console.log('edtf of npm', JSON.parse(readFileSync('node_modules/edtf/package.json')).version)
for (const text of process.argv.slice(2)) {
  try { edtf(text); console.log(text, 'taken') } catch { console.log(text, 'refused') }
}
JS
texts=(2010/2011-05 2010/2009-05 "[2019?,2020?]" 2010-1X "[2010..2010-05]")
seen=$(python/bin/python read.py "${texts[@]}"; node read.mjs "${texts[@]}")
echo "$seen"
expected='edtf of PyPI 5.0.2
2010/2011-05 taken
2010/2009-05 taken
[2019?,2020?] taken
2010-1X refused: AttributeError
[2010..2010-05] refused: EDTFParseException
edtf of npm 4.11.1
2010/2011-05 taken
2010/2009-05 refused
[2019?,2020?] refused
2010-1X taken
[2010..2010-05] refused'
[ "$seen" = "$expected" ] || { echo "the behaviour has changed" >&2; exit 1; }
