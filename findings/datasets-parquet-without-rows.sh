#!/usr/bin/env bash
# Hugging Face datasets 5.2.0: a Parquet file without rows cannot be loaded, with one of two errors by how it was written.
#
# Parquet states its types, so that a table of 0 rows is a whole table; pyarrow, polars and DuckDB read it. `load_dataset`
# raises ValueError 'Instruction "train" corresponds to no data!' where the file has no row group (a writer closed without
# a row), and DatasetGenerationError, from pyarrow's "BatchSize must be greater than 0, got 0", where it has one of 0 rows
# (`write_table`). It matters for packages of related tables, of which one may have no rows today: a loop over them stops
# there, and whoever catches the one error meets the other. `Dataset(pyarrow.parquet.read_table(path))` reads both.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check datasets==5.2.0 pyarrow==26.0.1
cd "$work"
HF_HUB_OFFLINE=1 HF_HOME="$work/home" "$work/venv/bin/python" - <<'PY'
import datasets
import pyarrow
from datasets import Dataset, load_dataset
from pyarrow import parquet

datasets.disable_progress_bars()
datasets.logging.set_verbosity(datasets.logging.CRITICAL)
print("datasets", datasets.__version__, "pyarrow", pyarrow.__version__)
table = pyarrow.table({"id": pyarrow.array([], pyarrow.string()), "size": pyarrow.array([], pyarrow.int64())})
parquet.ParquetWriter("no-group.parquet", table.schema).close()
parquet.write_table(table, "one-group.parquet")


def loaded(path):
    try:
        return str(load_dataset("parquet", data_files=path, split="train").num_rows)
    except Exception as error:
        return f"{type(error).__name__}: {error.__cause__ or error}"


seen = {}
for path in ("no-group.parquet", "one-group.parquet"):
    seen[path] = loaded(path)
    rows = Dataset(parquet.read_table(path)).num_rows
    print(path, parquet.read_metadata(path).num_row_groups, "->", seen[path], "| Dataset(read_table) rows:", rows)
    assert rows == 0, "changed"
assert seen["no-group.parquet"] == 'ValueError: Instruction "train" corresponds to no data!', "changed"
assert seen["one-group.parquet"].startswith("DatasetGenerationError: BatchSize must be greater than 0"), "changed"
PY
