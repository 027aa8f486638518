"""The three version numbers: of the library, of the schema, of the data."""

LIBRARY = "0.2.0"
SCHEMA = "0.2.0"
DATA = "0.2.0"
