#!/usr/bin/env bash
# country_converter 1.3.2: Vietnam and Yemen have the Gleditsch-Ward numbers of the states that ended.
#
# 817 is the Republic of Vietnam (until 1975-04-30), 680 the People's Republic of Yemen (until 1990-05-21); the numbers
# that go on, 816 and 678, are not known at all. So a table of armed conflict by these numbers loses Vietnam and Yemen
# of today without a word, and "North Yemen" gets the number of the south. pandas is held below 3, with which the
# package cannot be used.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check country_converter==1.3.2 pandas==2.3.3
cd "$work"
"$work/venv/bin/python" - <<'PY'
import logging
from importlib.metadata import version

import country_converter

logging.disable(logging.CRITICAL)
print("country_converter", version("country_converter"))


def ask(value, **options):
    answer = country_converter.convert(value, **options)
    print(value, options, "->", answer)
    return answer


assert ask("VNM", src="ISO3", to="GWcode") == 817, "changed"
assert ask("YEM", src="ISO3", to="GWcode") == 680, "changed"
assert ask("North Yemen", to="GWcode") == 680, "changed"
assert ask(816, src="GWcode", to="ISO3") == "not found", "changed"
assert ask(678, src="GWcode", to="ISO3") == "not found", "changed"
PY
