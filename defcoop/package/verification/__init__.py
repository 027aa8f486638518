"""Verification: a package is checked by itself, as a stranger finds it, and with the texts against them."""

from defcoop.package.verification.run import verify
from defcoop.package.verification.verdict import Failure, Outcome, Verdict

__all__ = ["Failure", "Outcome", "Verdict", "verify"]
