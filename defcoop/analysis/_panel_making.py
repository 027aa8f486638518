"""Making a panel: from a dataset and what is asked of it to columns of cells."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from defcoop.analysis._days import FIRST_DAY, LAST_DAY
from defcoop.analysis._panel_cells import Table, spread, table
from defcoop.analysis._panel_tallies import Tally, count, count_distinct, days, measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from defcoop.analysis._panel_acts import Acts
    from defcoop.analysis._panel_cells import Bools, Bound, Ints, Spread
    from defcoop.analysis._panel_grid import Grid
    from defcoop.analysis._panel_plan import Plan
