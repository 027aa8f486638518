"""The three version numbers: of the library, of the schema, of the data."""

LIBRARY = "0.1.0.dev0"
SCHEMA = "0.1.0-dev"
DATA = "0.1.0-dev"
