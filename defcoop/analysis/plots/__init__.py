"""Plots: pictures of a dataset as Altair charts, which carry their data with them.

>>> import defcoop
>>> chart = PLOTS["timeline"](defcoop.load())
>>> chart.to_dict()["title"]["text"]
'When cooperation was agreed, sent, trained and met'

Each is a function of the same name in the module of the same name, such as `defcoop.analysis.plots.timeline.timeline`;
`defcoop.analysis.plots.saving.save` saves a chart. An installed package adds a plot by an entry point in the group
`defcoop.plots` that leads to a `Plot`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop._imports import offers

if TYPE_CHECKING:
    from altair.typing import ChartType

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.errors import DefcoopError


class Plot(NamedTuple):
    """A plot: its name, what it shows, and the module with the function of its name, if it is not one of ours.

    >>> PLOTS["trade"].what
    'the amounts that sources tell, with their bounds'
    """

    name: str
    what: str
    module: str = ""

    def __call__(self, dataset: DatasetLike, **options: Any) -> ChartType:  # noqa: ANN401 - those of the function
        """Draw it: call the function of its name.

        Args:
            dataset: the dataset.
            **options: what the function takes; all take `lang` (`en` or `ar`) and `most` (how many rows at most).

        Raises:
            ImportError: if Altair is not installed.
            ValueError: if an option has a value that there is not.
        """
        module = import_module(self.module or f"{__name__}.{self.name}")
        chart: ChartType = getattr(module, self.name)(dataset, **options)
        return chart


_ALL = (
    Plot("timeline", "when agreements, deployments, exercises and engagements were, as finely as the sources tell"),
    Plot("network", "which states the records tie to each other, by what, in how many records"),
    Plot("trade", "the amounts that sources tell, with their bounds"),
    Plot("sources", "what of each text is cited, by stance or voice, or was dismissed"),
)

PLOTS = {plot.name: plot for plot in _ALL}
"""The library's own plots by name; each is called with a dataset."""


def plots() -> dict[str, Plot | DefcoopError]:
    """Give every plot by its name: the library's own, and those that installed packages add.

    In place of one that cannot be loaded stands the error that says why.

    >>> list(plots())[:2]
    ['timeline', 'network']
    """
    return PLOTS | dict(offers("plots", Plot, "plot")) | PLOTS  # ours come first and keep their names
