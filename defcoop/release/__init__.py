"""Releases: what one would change, whether it may be made, and its making, which can be taken up again after a kill."""

from defcoop.release.making import Made, make
from defcoop.release.plan import Plan, Request, plan
from defcoop.release.refusal import RefusalError

__all__ = ["Made", "Plan", "RefusalError", "Request", "make", "plan"]
