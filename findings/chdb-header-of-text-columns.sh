#!/usr/bin/env bash
# chdb 4.4.0 (ClickHouse 26.9.2.1): whether a CSV file has a header is guessed from the types of its columns.
#
# `file('x.csv')` takes the first line for a header if some column below it is no text. Where all columns are texts, as
# in most tables of ids and names, the header becomes a row: counts are one too high, columns are called c1, c2, and
# nothing is said. A number in one more column turns it round. `CSVWithNames` reads both. It matters to whoever counts
# rows of a published table: the same query is right for one file of a package and wrong for the next.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check chdb==4.4.0
printf 'id,name\na-1,First\na-2,Second\n' >"$work/texts.csv"
printf 'id,name,size\na-1,First,1\na-2,Second,2\n' >"$work/numbers.csv"
cd "$work"
"$work/venv/bin/python" - <<'PY'
import chdb

print("chdb", chdb.__version__, "ClickHouse", chdb.query("SELECT version()", "TSV"))


def ask(query):
    answer = str(chdb.query(query, "TSV")).split("\n")[:-1]
    print(query, "->", answer)
    return answer


assert ask("SELECT count() FROM file('texts.csv')") == ["3"], "changed"
assert ask("SELECT * FROM file('texts.csv') LIMIT 1") == ["id\tname"], "changed"
assert ask("SELECT count() FROM file('numbers.csv')") == ["2"], "changed"
assert ask("SELECT count() FROM file('texts.csv', 'CSVWithNames')") == ["2"], "changed"
PY
