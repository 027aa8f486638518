"""Run by the Python that has followthemoney: say how it reads statements, and what it knows."""

import json
import sys
from pathlib import Path

from followthemoney import model
from followthemoney.statement.serialize import read_path_statements
from followthemoney.types import registry

statements = read_path_statements(Path(sys.argv[1]), "csv")
told = {
    "statements": [
        [one.generate_key(), one.prop_type, one.value, one.lang or "", one.original_value or "", one.origin or ""]
        for one in statements
    ],
    "countries": list(registry.country.names),
    "schemata": {
        schema.name: {prop.name: prop.type.name for prop in schema.properties.values()}
        for schema in model.schemata.values()
    },
}
sys.stdout.write(json.dumps(told))
