"""What defcoop says of itself to catalogues and to those who cite it; all of it follows from `about`."""

from defcoop.metadata.citation import citation, zenodo
from defcoop.metadata.coverage import Coverage, coverage
from defcoop.metadata.schema_org import schema_org

__all__ = ["Coverage", "citation", "coverage", "schema_org", "zenodo"]
