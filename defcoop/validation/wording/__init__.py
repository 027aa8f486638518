"""Wording: what the words of a text say as numbers, dates, currencies and names, in Arabic, English, Turkish, French.

A value that claims to be explicit must be among them. Each function answers yes if some reading of the words gives the
value, so that a no is one that a reader can check.
"""

from defcoop.validation.wording.currencies import is_currency_known, says_another_currency, says_currency
from defcoop.validation.wording.dates import is_date_judged, says_date, years_in
from defcoop.validation.wording.denial import says_no
from defcoop.validation.wording.names import says_name
from defcoop.validation.wording.numbers import numbers_in, says_number
from defcoop.validation.wording.units import amounts_of_money, numbers_of

__all__ = [
    "amounts_of_money",
    "is_currency_known",
    "is_date_judged",
    "numbers_in",
    "numbers_of",
    "says_another_currency",
    "says_currency",
    "says_date",
    "says_name",
    "says_no",
    "says_number",
    "years_in",
]
