"""The panel as an analyst would write it by hand: DuckDB on the published tables, without the library.

It gives the columns of `ds.panel(years=…)`: undirected dyad-years of states, what is told as done and asserted. It
reads only what the tables hold, so dates have to be plain, one-of sets without gaps, or intervals whose ends are days,
open or unknown; and one currency, measure and direction of trade stands for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOREVER = "DATE '2100-12-31'"
_DONE = "('signed', 'ratified', 'in_force', 'ended')"


class _Family(NamedTuple):
    """How the acts of a family are found: table, statuses that count, date, and whether they last."""

    name: str
    table: str
    done: str
    date: str
    lasts: str
    numbered: str | None = None


_FAMILIES = (
    _Family("agreements_signed", "agreements", _DONE, "signed", "false", "aggregate"),
    _Family("agreements_in_force", "agreements", "('in_force', 'ended')", "entry_into_force", "true", "aggregate"),
    _Family("deployments", "deployments", "('deployed', 'ended')", "period", "true"),
    _Family("exercises", "exercises", "('held')", "period", "false"),
    _Family("engagements", "engagements", "('held', 'ongoing')", "period", "t.status = 'ongoing'", "aggregate"),
    _Family("facilities", "facilities", "('open', 'closed')", "opened", "true"),
)
_STOCKS = ("agreements_signed", "exercises", "engagements")
_INSTRUMENTS = (
    "treaty",
    "executive_agreement",
    "exchange_of_notes",
    "mou",
    "protocol",
    "statement",
    "agreement",
    "contract",
    "understanding",
    "mixed",
)

_CHOSEN = """
CREATE TEMP TABLE chosen AS SELECT id AS actor FROM actors WHERE kind = 'state' AND withdrawn_since IS NULL
"""

_STANDS = """
CREATE TEMP TABLE stands AS
WITH RECURSIVE up AS (
    SELECT id AS actor, id AS at, kind FROM actors
    WHERE kind IN ('state', 'government', 'ministry', 'legislature', 'armed_service', 'agency', 'person')
    UNION ALL
    SELECT up.actor, above.id, above.kind FROM up
    JOIN actors AS below ON below.id = up.at
    JOIN actors AS above ON above.id = coalesce(below.country, below.parent)
    WHERE up.kind <> 'state'
)
SELECT up.actor, up.at AS state, actors.kind = 'person' AND up.actor NOT IN (SELECT actor_id FROM actor_offices) AS
    in_office
FROM up JOIN actors ON actors.id = up.actor WHERE up.kind = 'state' AND up.at IN (SELECT actor FROM chosen)
"""

_CARRIED = """
CREATE TEMP TABLE carried AS
SELECT DISTINCT s.record_id AS id, s.path FROM evidence_supports AS s
JOIN evidence AS e ON e.record_id = s.record_id AND e.position = s.evidence_position
WHERE e.stance = 'asserted'
"""

_SIDES = """
CREATE TEMP TABLE sides AS
WITH told AS (
    SELECT agreement_id AS id, actor_id AS actor, 0 AS rank, false AS across, false AS in_office,
        ['parties', 'parties[' || actor_id || ']'] AS paths FROM agreement_parties
    UNION ALL SELECT id, sender, 1, true, false, ['sender'] FROM deployments
    UNION ALL SELECT deployment_id, actor_id, -1, true, false, ['hosts', 'hosts[' || actor_id || ']']
        FROM deployment_hosts
    UNION ALL SELECT id, host, -1, true, false, ['host'] FROM facilities
    UNION ALL SELECT facility_id, actor_id, 1, true, false, ['users', 'users[' || actor_id || ']'] FROM facility_users
    UNION ALL SELECT trade_figure_id, actor_id, 0, false, false, ['partners', 'partners[' || actor_id || ']']
        FROM trade_figure_partners
        WHERE trade_figure_id IN (SELECT trade_figure_id FROM trade_figure_partners GROUP BY ALL HAVING count(*) = 2)
    UNION ALL SELECT exercise_id, actor, 0, false, false, ['participants', 'participants.actor',
        'participants[' || actor || ']', 'participants[' || actor || '].actor'] FROM exercise_participants
        WHERE role <> 'observer'
    UNION ALL SELECT engagement_id, actor, 0, false, office IS NOT NULL, ['participants', 'participants.actor',
        'participants[' || actor || ']', 'participants[' || actor || '].actor'] FROM engagement_participants
        WHERE role <> 'observer'
)
SELECT DISTINCT told.id, stands.state, told.rank, told.across FROM told
JOIN stands ON stands.actor = told.actor AND (told.in_office OR NOT stands.in_office)
WHERE EXISTS (FROM carried WHERE carried.id = told.id AND list_contains(told.paths, carried.path))
"""

_DYADS = """
CREATE TEMP TABLE dyads AS
SELECT DISTINCT one.id, one.state AS a, other.state AS b FROM sides AS one
JOIN sides AS other ON other.id = one.id AND one.state < other.state
WHERE NOT one.across OR one.rank <> other.rank
"""

_GROUPS = """
CREATE TEMP TABLE groups AS
WITH RECURSIVE twins AS (
    SELECT d.record_id AS id, d.record AS twin FROM possible_duplicates AS d
    WHERE d.record_id NOT IN (SELECT id FROM records WHERE withdrawn)
        AND d.record NOT IN (SELECT id FROM records WHERE withdrawn)
), both_ways AS (SELECT * FROM twins UNION SELECT twin, id FROM twins),
reach AS (SELECT * FROM both_ways UNION SELECT reach.id, b.twin FROM reach JOIN both_ways AS b ON b.id = reach.twin)
SELECT id, min(twin) AS grp FROM reach GROUP BY id
"""

_TRADE = """
    SELECT 'trade' AS family, t.id, false AS is_set, NULL AS set_low, NULL AS set_best, NULL AS set_high,
        if(t.amount_bound = 'exact', t.amount_best, t.amount_low) AS low, t.amount_best AS best,
        if(t.amount_bound = 'exact', t.amount_best, t.amount_high) AS high, NULL AS kind,
        t.period_earliest AS c0, t.period_latest AS c1, t.period_earliest AS p0, t.period_latest AS p1,
        t.period_earliest AS q0, t.period_latest AS q1, true AS ended
    FROM trade_figures AS t
    WHERE t.withdrawn_since IS NULL AND t.period_earliest IS NOT NULL AND t.period_latest IS NOT NULL
        AND year(t.period_earliest) = year(t.period_latest)
        AND EXISTS (FROM carried WHERE carried.id = t.id AND starts_with(carried.path, 'amount'))
        AND EXISTS (FROM carried WHERE carried.id = t.id AND carried.path = 'period')
"""


def _told(family: _Family) -> str:
    """Select the acts of a family: its numbers, and the days on which it certainly, as placed and possibly was."""
    f, date = family, f"t.{family.date}"
    is_set = set_low = set_best = set_high = "NULL"
    if f.numbered:
        n, unknown = (
            f"t.{f.numbered}",
            "(FROM absences AS x WHERE x.record_id = t.id AND x.field = 'aggregate' AND x.reason = 'unknown')",
        )
        exact = f"{n}_bound = 'exact'"
        is_set = f"{n}_bound IS NOT NULL OR EXISTS {unknown}"
        set_low = f"if({exact}, {n}_best, coalesce({n}_low, 1))"
        set_best, set_high = f"{n}_best", f"if({exact}, {n}_best, {n}_high)"
    low = best = high = "NULL"
    if f.name == "deployments":
        alone = (
            "(SELECT count(*) FROM deployment_hosts AS h WHERE h.deployment_id = t.id) = 1 AND t.size_unit = 'persons'"
        )
        low = f"CASE WHEN {alone} THEN if(t.size_bound = 'exact', t.size_best, t.size_low) END"
        best = f"CASE WHEN {alone} THEN t.size_best END"
        high = "CASE WHEN t.size_unit = 'persons' THEN if(t.size_bound = 'exact', t.size_best, t.size_high) END"
    begin, end = f"nullif(split_part({date}, '/', 1), '')", f"split_part({date}, '/', 2)"
    interval, open_, unknown_end = f"contains({date}, '/')", f"{end} = '..'", f"{end} = ''"
    first, last = (
        f"if({interval}, CAST({begin} AS DATE), {date}_earliest)",
        f"if({interval}, CAST({begin} AS DATE), {date}_latest)",
    )
    if f.name == "agreements_in_force":
        stop_first = "coalesce(t.ends_earliest, CAST(b0 + term AS DATE) - 1)"
        stop_last = "coalesce(t.ends_latest, CAST(b1 + term AS DATE) - 1)"
        told = "(t.ends_earliest IS NOT NULL OR term IS NOT NULL)"
        goes_on = "false"
    else:
        stop_first = stop_last = f"try_cast({end} AS DATE)"
        told, goes_on = f"({interval} AND NOT {open_} AND NOT {unknown_end})", f"({interval} AND {open_})"
    return f"""
    SELECT '{f.name}' AS family, id, is_set, set_low, set_best, set_high, low, best, high, kind,
        b1 AS c0, if(told, greatest(e0, b0), b0) AS c1,
        least(middle, if(told, ended_at, middle)) AS p0,
        CASE WHEN told THEN ended_at WHEN goes_on THEN {_FOREVER} ELSE middle END AS p1,
        b0 AS q0, CASE WHEN told THEN e1 WHEN lasts OR goes_on OR unknown_end THEN {_FOREVER} ELSE b1 END AS q1,
        told OR goes_on OR NOT (lasts OR unknown_end) AS ended
    FROM (
        SELECT *, b0 + CAST(floor((b1 - b0) / 2) AS INTEGER) AS middle, e0 + CAST(floor((e1 - e0) / 2) AS INTEGER) AS ended_at
        FROM (
            SELECT t.id, {is_set} AS is_set, {set_low} AS set_low, {set_best} AS set_best, {set_high} AS set_high,
                {low} AS low, {best} AS best, {high} AS high,
                {"t.instrument" if f.table == "agreements" else "NULL"} AS kind,
                {first} AS b0, {last} AS b1, {_term(f)} AS term, {told} AS told, {goes_on} AS goes_on,
                {f.lasts} AS lasts, {interval} AND {unknown_end} AS unknown_end,
                {stop_first} AS e0, {stop_last} AS e1
            FROM {f.table} AS t
            WHERE t.withdrawn_since IS NULL AND t.status IN {f.done} AND {date} IS NOT NULL
                AND EXISTS (FROM carried WHERE carried.id = t.id AND carried.path = 'status')
                AND EXISTS (FROM carried WHERE carried.id = t.id AND carried.path = '{f.date}')
        )
    )"""


def _term(family: _Family) -> str:
    """Give the term of an agreement as an interval of time."""
    if family.name != "agreements_in_force":
        return "NULL"
    return "CASE t.term_unit WHEN 'years' THEN to_years(CAST(t.term_length AS INTEGER)) WHEN 'months' THEN to_months(CAST(t.term_length AS INTEGER)) WHEN 'days' THEN to_days(CAST(t.term_length AS INTEGER)) END"


def _numbers(bound: str) -> str:
    """Count what the cells of a bound hold: records apart from sets, the largest set or all of them, and amounts."""
    whose, take = ("id", "sum") if bound == "high" else ("DISTINCT grp", "max")
    apart = f"count({whose}) FILTER (NOT coalesce(is_set, false))"
    sets = f"{take}(set_{bound}) FILTER (is_set)"
    together = f"{apart} + coalesce({sets}, 0)" if bound == "high" else f"greatest({apart}, coalesce({sets}, 0))"
    unknown = "NULL" if bound == "low" else f"bool_or({bound} IS NULL)"
    return f"""
CREATE TEMP TABLE n_{bound} AS
SELECT a, b, year, family,
    CASE WHEN bool_or(coalesce(is_set, false) AND set_{bound} IS NULL) THEN NULL ELSE {together} END AS n,
    CASE WHEN {unknown} THEN NULL ELSE {take}({bound}) END AS amount
FROM in_{bound} GROUP BY a, b, year, family
"""


def _spread(bound: str, first: str, last: str, years: range) -> str:
    """Spread acts over years, and those of which there are stocks over all later years too."""
    start, stop = years[0], years[-1]
    stocks = ", ".join(f"'{name}'" for name in _STOCKS)
    return f"""
CREATE TEMP TABLE in_{bound} AS
SELECT *, unnest(range(greatest(year({first}), {start}), least(year({last}), {stop}) + 1)) AS year FROM acts
UNION ALL BY NAME
SELECT * REPLACE (family || '_stock' AS family), unnest(range(greatest(year({first}), {start}), {stop} + 1)) AS year
FROM acts WHERE family IN ({stocks})
"""


def _days(bound: str, first: str, last: str, years: range) -> str:
    """Count the days of a year on which an agreement is in force, each day once."""
    start, stop = years[0], years[-1]
    return f"""
CREATE TEMP TABLE days_{bound} AS
WITH runs AS (
    SELECT a, b, {first} AS first, {last} AS last FROM acts WHERE family = 'agreements_in_force' AND {first} <= {last}
), marked AS (
    SELECT *, first > max(last) OVER (
        PARTITION BY a, b ORDER BY first ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS fresh FROM runs
), numbered AS (
    SELECT *, sum(CAST(coalesce(fresh, true) AS INTEGER)) OVER (PARTITION BY a, b ORDER BY first ROWS UNBOUNDED
        PRECEDING) AS island FROM marked
), islands AS (SELECT a, b, min(first) AS first, max(last) AS last FROM numbered GROUP BY a, b, island),
spread AS (
    SELECT *, unnest(range(greatest(year(first), {start}), least(year(last), {stop}) + 1)) AS year FROM islands
)
SELECT a, b, year,
    sum(least(last, make_date(year, 12, 31)) - greatest(first, make_date(year, 1, 1)) + 1) AS days
FROM spread GROUP BY a, b, year
"""


_RECORDS = """
CREATE TEMP TABLE known AS
WITH possible AS (SELECT DISTINCT a, b, year, family, id FROM in_high WHERE NOT ends_with(family, '_stock')),
unsettled AS (
    SELECT DISTINCT a, b, year, id FROM (FROM possible EXCEPT SELECT a, b, year, family, id FROM in_low)
), u AS (SELECT a, b, year, count(*) AS n FROM unsettled GROUP BY ALL)
SELECT p.*, coalesce(u.n, 0) AS records_unsettled
FROM (SELECT a, b, year, count(DISTINCT id) AS records FROM possible GROUP BY ALL) AS p
LEFT JOIN u USING (a, b, year)
"""

_CODES = """
CREATE TEMP TABLE codes AS
SELECT c.actor_id AS actor, y.year, c.scheme,
    max_by(c.code, coalesce(c.valid_latest, DATE '9999-12-31')) AS code
FROM actor_codes AS c
JOIN years AS y ON coalesce(c.valid_earliest, DATE '0001-01-01') <= make_date(y.year, 12, 31)
    AND coalesce(c.valid_latest, DATE '9999-12-31') >= make_date(y.year, 1, 1)
WHERE c.actor_id IN (FROM chosen) GROUP BY ALL
"""


def _undated() -> str:
    """Count the records of a dyad that tell of something done and not when."""
    parts = " UNION ALL ".join(
        f"""SELECT t.id FROM {f.table} AS t WHERE t.withdrawn_since IS NULL AND t.status IN {f.done}
        AND EXISTS (FROM carried WHERE carried.id = t.id AND carried.path = 'status')
        AND NOT ({f.date} IS NOT NULL
            AND EXISTS (FROM carried WHERE carried.id = t.id AND carried.path = '{f.date}'))"""
        for f in _FAMILIES
    )
    trade = """SELECT t.id FROM trade_figures AS t WHERE t.withdrawn_since IS NULL AND (t.period_earliest IS NULL
        OR t.period_latest IS NULL) AND EXISTS (FROM carried WHERE carried.id = t.id AND starts_with(path, 'amount'))"""
    return f"""
CREATE TEMP TABLE undated AS
SELECT a, b, count(DISTINCT id) AS n FROM dyads WHERE id IN ({parts} UNION ALL {trade}) GROUP BY a, b
"""


def _pivot(bound: str) -> str:
    """Lay the numbers of a bound side by side."""
    names = [family.name for family in _FAMILIES]
    columns = [f"max(n) FILTER (family = '{name}') AS {name}_{bound}" for name in names]
    columns += [f"max(n) FILTER (family = '{name}_stock') AS {name}_stock_{bound}" for name in _STOCKS]
    columns.append(f"max(amount) FILTER (family = 'deployments') AS personnel_{bound}")
    columns.append(f"max(amount) FILTER (family = 'trade') AS trade_{bound}")
    if bound == "best":
        columns += [f"bool_or(family = '{name}') AS any_{name}" for name in names]
    return (
        f"CREATE TEMP TABLE wide_{bound} AS SELECT a, b, year, {', '.join(columns)} FROM n_{bound} GROUP BY a, b, year"
    )


def _terms() -> str:
    whose = "count(DISTINCT grp) FILTER (NOT coalesce(is_set, false))"
    number = f"""CASE WHEN bool_or(coalesce(is_set, false) AND set_best IS NULL) THEN NULL
        ELSE greatest({whose}, coalesce(max(set_best), 0)) END"""
    columns = ", ".join(f"max(n) FILTER (kind = '{term}') AS signed_{term}" for term in _INSTRUMENTS)
    return f"""
CREATE TEMP TABLE terms AS
WITH each AS (
    SELECT a, b, year, kind, {number} AS n FROM in_best WHERE family = 'agreements_signed' AND kind IS NOT NULL
    GROUP BY a, b, year, kind
)
SELECT a, b, year, {columns} FROM each GROUP BY a, b, year
"""


def _result(trade: str) -> str:
    codes = [
        f"{('CAST({} AS BIGINT)' if scheme != 'iso3' else '{}').format(f'{scheme}_{side}.code')} AS {scheme}_{side}"
        for scheme in ("cow", "gw", "iso3")
        for side in "ab"
    ]
    joins = [
        f"LEFT JOIN codes AS {scheme}_{side} ON {scheme}_{side}.actor = g.{side} AND {scheme}_{side}.year = g.year "
        f"AND {scheme}_{side}.scheme = '{scheme}'"
        for scheme in ("cow", "gw", "iso3")
        for side in "ab"
    ]
    families = [family.name for family in _FAMILIES]
    bounds = ("low", "best", "high")
    counts = [
        column
        for name in families
        for column in (
            *(f"CAST({name}_{bound} AS BIGINT) AS {name}_{bound}" for bound in bounds),
            f"nullif(any_{name}, false) AS any_{name}",
        )
    ]
    counts += [f"CAST(signed_{term} AS BIGINT) AS signed_{term}" for term in _INSTRUMENTS]
    counts += [
        "CASE WHEN agreements_in_force_low IS NOT NULL THEN greatest(coalesce(days_low.days, 0), 1) END AS days_in_force_low",
        (
            "CASE WHEN any_agreements_in_force AND NOT coalesce(untold.untold, false) THEN days_best.days END AS "
            "days_in_force_best"
        ),
        "days_high.days AS days_in_force_high",
    ]
    counts += [f"CAST({name}_stock_{bound} AS BIGINT) AS {name}_stock_{bound}" for name in _STOCKS for bound in bounds]
    counts += [f"CAST(personnel_{bound} AS DOUBLE) AS personnel_{bound}" for bound in bounds]
    counts += [f"CAST(trade_{bound} AS DOUBLE) AS {trade}_{bound}" for bound in bounds]
    return f"""
WITH grid AS (
    SELECT one.actor AS a, other.actor AS b, years.year FROM chosen AS one
    JOIN chosen AS other ON one.actor < other.actor CROSS JOIN years
), untold AS (
    SELECT a, b, year, bool_or(NOT ended) AS untold FROM in_best WHERE family = 'agreements_in_force' GROUP BY ALL
)
SELECT g.a, g.b, g.year, {", ".join(codes)}, {", ".join(counts)},
    coalesce(records, 0) AS records, coalesce(records_unsettled, 0) AS records_unsettled,
    coalesce(undated.n, 0) AS records_undated
FROM grid AS g
LEFT JOIN wide_low USING (a, b, year) LEFT JOIN wide_best USING (a, b, year) LEFT JOIN wide_high USING (a, b, year)
LEFT JOIN terms USING (a, b, year) LEFT JOIN known USING (a, b, year) LEFT JOIN undated USING (a, b)
LEFT JOIN days_low USING (a, b, year) LEFT JOIN days_best USING (a, b, year) LEFT JOIN days_high USING (a, b, year)
LEFT JOIN untold USING (a, b, year)
{" ".join(joins)}
ORDER BY g.a, g.b, g.year
"""


def statements(years: range, trade: str) -> Iterator[str]:
    """Yield the statements, of which the last gives the panel.

    Args:
        years: the years.
        trade: the prefix of the columns of trade.
    """
    yield f"CREATE TEMP TABLE years AS SELECT unnest(range({years[0]}, {years[-1] + 1})) AS year"
    yield from (_CHOSEN, _STANDS, _CARRIED, _SIDES, _DYADS, _GROUPS)
    told = " UNION ALL ".join((*map(_told, _FAMILIES), _TRADE))
    yield f"""CREATE TEMP TABLE acts AS SELECT d.a, d.b, t.*, coalesce(g.grp, t.id) AS grp
        FROM ({told}) AS t JOIN dyads AS d USING (id) LEFT JOIN groups AS g USING (id)"""
    for bound, first, last in (("low", "c0", "c1"), ("best", "p0", "p1"), ("high", "q0", "q1")):
        yield _spread(bound, first, last, years)
        yield _numbers(bound)
        yield _pivot(bound)
        yield _days(bound, first, last, years)
    yield from (_terms(), _RECORDS, _undated(), _CODES, _result(trade))
