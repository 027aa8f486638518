"""The values that records are made of: terms, dates, numbers, quantities and money."""

from defcoop.values._base import Frozen, coded, uncoded
from defcoop.values.currency import CURRENCIES, CurrencyCode
from defcoop.values.edtf import Edtf
from defcoop.values.folding import fold
from defcoop.values.meaning import Phase, Role, Status, Time
from defcoop.values.number import Number, plain
from defcoop.values.quantity import Amount, Bound, Money, Quantity, Unit
from defcoop.values.relative import Offset, derive, resolve
from defcoop.values.term import Term
from defcoop.values.text import Key, Label, Quote, Text

__all__ = [
    "CURRENCIES",
    "Amount",
    "Bound",
    "CurrencyCode",
    "Edtf",
    "Frozen",
    "Key",
    "Label",
    "Money",
    "Number",
    "Offset",
    "Phase",
    "Quantity",
    "Quote",
    "Role",
    "Status",
    "Term",
    "Text",
    "Time",
    "Unit",
    "coded",
    "derive",
    "fold",
    "plain",
    "resolve",
    "uncoded",
]
