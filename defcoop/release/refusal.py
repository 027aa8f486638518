"""Refusal: why a release may not be made."""

from __future__ import annotations

from defcoop.errors import DefcoopError


class RefusalError(DefcoopError, ValueError):
    """A release that may not be made; `reasons` say all that stands against it."""

    def __init__(self, *reasons: str) -> None:
        """Keep the reasons."""
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def refuse(*reasons: str) -> None:
    """Refuse a release if there are reasons to.

    Raises:
        RefusalError: if there are.
    """
    if reasons:
        raise RefusalError(*reasons)
