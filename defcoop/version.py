"""The three version numbers: of the library, of the schema, of the data."""

LIBRARY = "0.1.0"
SCHEMA = "0.1.0"
DATA = "0.1.0"

RELEASED = "00a7813e573806551adfa773ff89012e0ae7e60ae554417bd294e5089bfb51eb"
"""The hash of the data that bear the version: of the hashes of all data files. `defcoop release` writes it."""


def data_version(digest: str) -> str:
    """Give the version of some data: that of the release if they are its data, else one that says they are not.

    Args:
        digest: the hash of the data files' hashes.

    >>> data_version("0123456789abcdef") == f"{DATA}+01234567"
    True
    """
    return DATA if digest == RELEASED else f"{DATA}+{digest[:8]}"
