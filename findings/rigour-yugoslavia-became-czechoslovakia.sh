#!/usr/bin/env bash
# rigour 2.6.1: among the successors of Yugoslavia stands Czechoslovakia, and Serbia and Montenegro does not.
#
# ISO 3166-3 tells the two withdrawn codes CS apart by four letters: `cshh` is Czechoslovakia, `csxx` Serbia and
# Montenegro. The record of Yugoslavia names `cshh`, so that whoever follows successors comes from Belgrade to Prague
# and Bratislava, and Serbia is no successor of anybody but `csxx`, to which nothing leads.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check rigour==2.6.1
cd "$work"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from rigour.territories import get_territories, get_territory

print("rigour", version("rigour"))
later = [(territory.code, territory.name) for territory in get_territory("yucs").successors]
print("after Yugoslavia:", later)
assert ("cshh", "Czechoslovakia") in later, "changed"
before = [territory.code for territory in get_territories() if "csxx" in [next_.code for next_ in territory.successors]]
print("before Serbia and Montenegro:", before)
assert before == [], "changed"
PY
