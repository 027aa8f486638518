"""The three version numbers: of the library, of the schema, of the data."""

LIBRARY = "0.2.0"
SCHEMA = "0.2.0"
DATA = "0.2.0"

RELEASED = "48145b713e341362b5066da0343103e5ad47abacd6d18ad70be4d1b10e29ff56"
"""The hash of the data that bear the version: of the hashes of all data files. `defcoop release` writes it."""
