"""Panels: what two actors did together, year by year or month by month, and what is not known of it.

A panel has a row for each dyad and period. It says what the sources tell, and leaves empty what they do not: a handful
of texts does not cover the world, so a cell is **missing and not 0** wherever nothing is told, unless somebody vouches
to have looked (`coverage`). Its rules:

- **What counts.** What is told as done: acts whose status and evidence have one of the `stances` asked for, by default
  `asserted`. Plans, expectations, hearsay and denials count only if their stances are asked for too.
- **Whose it is.** With `states`, what organs of a state and its office-holders do is the state's, by their `country`
  and `parent`; what companies, media, groups and joint bodies do is nobody's else. An act of many makes a dyad of
  every two of them, a deployment one of the sender and each host.
- **Direction.** A directed panel has a row for each order of a dyad. A deployment, a site, an amount that goes one way,
  a visit and support count in the row from sender, user, visitor or provider to the other (troopdata, SIPRI, PLOVER
  source and target); all else counts in both.
- **Dates.** `_best` puts each date on the middle of the days that it allows (the median of messydates), `_low` counts
  what lies in the period on every one of them, `_high` what does so on any. `dates="earliest"` and `"latest"` put all
  dates on their first and last days; `draws` draws them. What has no date is in no row, and `records_undated` says
  how much that is.
- **What lasts.** An agreement is in force, a deployment present and a site open until its end is told. If none is told
  they are so for sure on their first day, possibly ever after; `..` in a date says that they went on.
- **Numbers.** Numbers of different tellings are never added to a best or low one: the largest stands. `_high` adds
  all. Records that may be the same (`possibly_same_as`) count once in `_low` and `_best` and each in `_high`. A set
  told as one (fourteen agreements) has the number told of it, and none where none is told. Money keeps its currency,
  measure and direction, each with columns of its own.
- **Stocks** add up from the first act that is told; nobody can vouch for what was before, so they are never 0.

`_high` is missing where there is no upper bound: a set of three or more, or persons whose number is not told. It
speaks of what is told with a date, and not of what nobody tells.
"""

from __future__ import annotations
