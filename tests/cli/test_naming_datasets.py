"""Every command and function that takes a dataset takes it under the same names, and says the same of one that is not there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import defcoop
from defcoop.errors import DefcoopError
from defcoop.package import build, pack
from tests.checkouts import copy_of_the_good
from tests.processes import CHECKOUT
from tests.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Callable
