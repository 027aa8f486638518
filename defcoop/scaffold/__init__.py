"""Scaffolding: what another dataset starts with, and bringing it up to a newer version without touching edits."""

from defcoop.scaffold.starting import start
from defcoop.scaffold.templates import Templates
from defcoop.scaffold.updating import FileChange, Update, carry_out, plan_update

__all__ = ["FileChange", "Templates", "Update", "carry_out", "plan_update", "start"]
