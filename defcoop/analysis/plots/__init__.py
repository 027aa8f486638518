"""Plots: pictures of a dataset as Altair charts, which carry their data with them.

>>> import defcoop
>>> chart = PLOTS["timeline"](defcoop.load())
>>> chart.to_dict()["title"]["text"]
'When cooperation was agreed, sent, trained and met'

Each is a function of the same name in the module of the same name, such as `defcoop.analysis.plots.timeline.timeline`;
`defcoop.analysis.plots.saving.save` saves a chart.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from altair.typing import ChartType

    from defcoop.analysis._dataset_like import DatasetLike


class Plot(NamedTuple):
    """A plot: its name, and what it shows.

    >>> PLOTS["trade"].what
    'the amounts that sources tell, with their bounds'
    """

    name: str
    what: str

    def __call__(self, dataset: DatasetLike, **options: Any) -> ChartType:  # noqa: ANN401 - those of the function
        """Draw it: call the function of its name.

        Args:
            dataset: the dataset.
            **options: what the function takes; all take `lang` (`en` or `ar`) and `most` (how many rows at most).

        Raises:
            ImportError: if Altair is not installed.
            ValueError: if an option has a value that there is not.
        """
        chart: ChartType = getattr(import_module(f"{__name__}.{self.name}"), self.name)(dataset, **options)
        return chart


_ALL = (
    Plot("timeline", "when agreements, deployments, exercises and engagements were, as finely as the sources tell"),
    Plot("network", "which states the records tie to each other, by what, in how many records"),
    Plot("trade", "the amounts that sources tell, with their bounds"),
    Plot("sources", "what of each text is cited, by stance or voice, or was dismissed"),
)

PLOTS = {plot.name: plot for plot in _ALL}
"""The plots by name; each is called with a dataset."""
