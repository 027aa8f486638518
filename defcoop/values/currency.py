"""Currency codes (ISO 4217, alphabetic codes in use and historic ones), with the days between which they were in use.

The days are those of CLDR (`docs/currencies.py` writes the table).
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD
    MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG
    QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
    TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905 - a list of 150 quoted codes would be no easier to check
)
"""Circulating currencies; funds, metals and test codes are left out."""


@cache
def currency_spans() -> dict[str, tuple[date, date | None]]:
    """Give the first and the last day on which each currency was in use anywhere, historic ones too; None if it is.

    >>> [str(day) for day in currency_spans()["DEM"]], currency_spans()["USD"][1]
    (['1948-06-20', '2002-05-15'], None)
    """
    with files("defcoop.values").joinpath("currencies.csv").open(encoding="utf-8") as rows:
        return {
            row["code"]: (date.fromisoformat(row["first"]), date.fromisoformat(row["last"]) if row["last"] else None)
            for row in csv.DictReader(rows)
        }


def _known(code: str) -> str:
    # The table is read only where a code is not one of today's.
    if code not in CURRENCIES and code not in currency_spans():
        kind, template = "currency", "{code} is not an ISO 4217 currency code"
        raise PydanticCustomError(kind, template, {"code": code})
    return code


CurrencyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$"), AfterValidator(_known)]
