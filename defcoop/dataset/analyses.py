"""What is computed from a dataset, offered as its methods; each lives in a module of `defcoop.analysis`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import networkx as nx
    import pandas as pd
    import polars as pl

    from defcoop.analysis._panel.spans import Dates
    from defcoop.analysis.agreement import Report, Support
    from defcoop.analysis.frames import Backend
    from defcoop.analysis.panel import Covered
    from defcoop.dataset.core import Dataset


class Analyses:
    """The methods of a dataset that compute something from all of it.

    They are found by name when they are asked for: the library of analysis lies above the dataset, and what it needs
    (pandas, DuckDB, networkx) may not be installed.
    """

    __slots__ = ()

    @overload
    def frame(self, table: str, backend: Literal["pandas"]) -> pd.DataFrame: ...
    @overload
    def frame(self, table: str, backend: Literal["polars"]) -> pl.DataFrame: ...
    @overload
    def frame(self, table: str, backend: Backend | None = None) -> Any: ...  # noqa: ANN401 - a frame of any library
    def frame(self, table: str, backend: Backend | None = None) -> Any:
        """Give a table as a data frame, typed as `defcoop.analysis.frames` says.

        Args:
            table: the table's name, as in the package: `agreements`, `agreement_parties`, `claims`.
            backend: `polars`, `pandas` or `pyarrow`; by default the first that is installed.

        Returns:
            A frame with the rows and columns of the published table. Its cells are traced by `trace`.

        Raises:
            ValueError: if there is no such table or backend, or a file of the package does not hold what it should.
            ImportError: if the library is not installed.

        >>> import defcoop
        >>> frame = defcoop.load().frame("agreements", "pandas")
        >>> int(frame["entry_into_force_earliest"].notna().sum())
        2
        """
        return _named("frames", "frame")(self, table, backend)

    def frames(self, backend: Backend | None = None, names: Iterable[str] | None = None) -> dict[str, Any]:
        """Give several tables as data frames, by name; quicker than one after the other.

        Args:
            backend: `polars`, `pandas` or `pyarrow`; by default the first that is installed.
            names: the tables' names; by default all of the package.

        Raises:
            ValueError: if there is no such table or backend, or a file of the package does not hold what it should.
            ImportError: if the library is not installed.

        >>> import defcoop
        >>> sorted(defcoop.load().frames("polars", ["actors", "claims"]))
        ['actors', 'claims']
        """
        found: dict[str, Any] = _named("frames", "frames")(self, backend, names)
        return found

    @overload
    def sql(
        self,
        query: str,
        parameters: Sequence[object] | Mapping[str, object] | None = None,
        *,
        backend: Literal["pandas"],
    ) -> pd.DataFrame: ...
    @overload
    def sql(
        self,
        query: str,
        parameters: Sequence[object] | Mapping[str, object] | None = None,
        *,
        backend: Literal["polars"],
    ) -> pl.DataFrame: ...
    @overload
    def sql(
        self,
        query: str,
        parameters: Sequence[object] | Mapping[str, object] | None = None,
        backend: Backend | None = None,
    ) -> Any: ...  # noqa: ANN401 - a frame of any library
    def sql(
        self,
        query: str,
        parameters: Sequence[object] | Mapping[str, object] | None = None,
        backend: Backend | None = None,
    ) -> Any:
        """Ask by SQL, as DuckDB has it, with every table of the package under its name, and give a data frame.

        Args:
            query: the query; of several statements, the answer to the last is given.
            parameters: values for `?` in their order, or for `$name` by name.
            backend: `polars`, `pandas` or `pyarrow`; by default the first that is installed.

        Raises:
            ValueError: if the query is wrong, gives no rows, or would reach beyond the dataset.
            ImportError: if DuckDB, or what the frame needs, is not installed.

        >>> import defcoop
        >>> query = "SELECT kind, count(*) AS n FROM actors GROUP BY kind ORDER BY n DESC, kind LIMIT 1"
        >>> defcoop.load().sql(query, backend="polars").columns
        ['kind', 'n']
        """
        return _named("sql", "sql")(self, query, parameters, backend)

    def to_networkx(self, layers: Iterable[str] | None = None, *, states: bool = False) -> nx.MultiDiGraph[str]:
        """Make a graph of who agreed, deployed, exercised and met with whom, as `defcoop.analysis.network` says.

        Args:
            layers: names of layers; all by default.
            states: whether what organs of a state and its office-holders do is the state's.

        Returns:
            A graph whose nodes are ids of actors, and whose edges carry the ids of records.

        Raises:
            ValueError: if there is no such layer.
            ImportError: if networkx is not installed.

        >>> import defcoop
        >>> "act-tur" in defcoop.load().to_networkx(["agreements"])["act-qat"]
        True
        """
        graph: nx.MultiDiGraph[str] = _named("network", "to_networkx")(self, layers, states=states)
        return graph

    def panel(  # noqa: PLR0913 - each is a choice of its own
        self,
        *,
        actors: Iterable[str | int] | None = None,
        years: Iterable[int] | None = None,
        directed: bool = False,
        months: bool = False,
        dates: Dates = "best",
        draws: int | None = None,
        seed: int | None = None,
        states: bool = True,
        stances: Iterable[str] = ("asserted",),
        coverage: Iterable[Covered] = (),
        backend: Backend | None = None,
    ) -> Any:  # noqa: ANN401 - a frame of any library
        """Give dyad-years, or dyad-months, as a data frame, counted as `defcoop.analysis.panel` says.

        Args:
            actors: ids or codes of actors (`act-tur`, `TUR`, `640`, `gw:640`); by default all states, or with
                `states=False` all actors.
            years: the years; by default from the first to the last in which an act is dated.
            directed: whether each dyad has a row for each of its orders.
            months: whether a period is a month and not a year.
            dates: `best`, with low and high over all dates that are possible, or `earliest` or `latest`.
            draws: how many draws of the dataset to count, one after the other.
            seed: any whole number; needed for draws.
            states: whether the dyads are of states, for which their organs and office-holders stand.
            stances: the stances that status and evidence may have for an act to count.
            coverage: what somebody vouches to have looked for: only there is a cell 0, elsewhere it is missing.
            backend: `polars`, `pandas` or `pyarrow`; by default the first that is installed.

        Returns:
            A frame with one row per dyad and period. Of `defcoop.analysis.panel`, `panel_meta` tells what each column
            means and its unit, `contributions` the claims behind a cell.

        Raises:
            ValueError: if an actor, year, stance or backend is not known, or the panel would be too large.
            ImportError: if numpy or the library of the frame is not installed.

        >>> import defcoop
        >>> defcoop.load().panel(actors=["TUR", "QAT"], years=range(2016, 2019), backend="polars").height
        3
        """
        return _named("panel", "panel")(
            self, actors=actors, years=years, directed=directed, months=months, dates=dates, draws=draws, seed=seed,
            states=states, stances=stances, coverage=coverage, backend=backend,
        )  # fmt: skip

    def sample(self, n: int, seed: int) -> Iterator[Dataset]:
        """Draw complete datasets that the sources allow, as `defcoop.analysis.draws` says.

        Args:
            n: how many.
            seed: any whole number; the same gives the same draws.

        Returns:
            An iterator over datasets, in which every date is exact to the day and every number a single one.

        Raises:
            ValueError: if `n` is negative.

        >>> import defcoop
        >>> agreement = "agr-qat-tur-military-cooperation-2017"
        >>> [one.agreements[agreement].entry_into_force[:7] for one in defcoop.load().sample(2, seed=1)]
        ['2017-06', '2017-06']
        """
        draws: Iterator[Dataset] = _named("draws", "sample")(self, n, seed)
        return draws

    def support(self, record: str | None = None, field: str | None = None) -> tuple[Support, ...]:
        """Say of each value who carries it, how independently, and who tells it otherwise.

        Args:
            record: the id of a record; by default all that are not withdrawn.
            field: a path such as `signed` or `parties[act-tur]`; everything beneath it is included. All by default.

        Returns:
            One row of counts, of claims and of sources, for each value that is read from texts, as
            `defcoop.analysis.agreement` defines them.

        Raises:
            KeyError: if there is no such record.

        >>> import defcoop
        >>> [kind] = defcoop.load().support("act-hulusi-akar", "kind")
        >>> kind.claims, kind.independent, kind.contradicting
        (3, 2, 0)
        """
        found: tuple[Support, ...] = _named("agreement", "support")(self, record, field)
        return found

    def report(self, record: str | None = None) -> Report:
        """Say what is firm, what is single-sourced and what is contested, as `defcoop.analysis.agreement` defines it.

        Args:
            record: the id of a record; by default all that are not withdrawn.

        Returns:
            A report whose text is Markdown, with a line for each value; a notebook shows it in tables.

        Raises:
            KeyError: if there is no such record.

        >>> import defcoop
        >>> print(str(defcoop.load().report("act-khalid-al-attiyah")).partition("## Contested ")[2][:3])
        (1)
        """
        told: Report = _named("agreement", "report")(self, record)
        return told


def _named(module: str, name: str) -> Callable[..., Any]:
    """Give a function of a module of `defcoop.analysis`."""
    found: Callable[..., Any] = getattr(import_module(f"defcoop.analysis.{module}"), name)
    return found
