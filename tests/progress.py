"""How far a long run is: a line for each tenth of its tests and for each that fails, instead of a dot for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

FEW = 500
"""So many tests have their dots."""


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and config.get_verbosity() <= 0:
        config.pluginmanager.register(Progress(config))


class Progress:
    def __init__(self, config: pytest.Config) -> None:
        self.config, self.total, self.done, self.failed = config, 0, 0, 0

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.total = len(session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        self.total = len(ids)

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(self) -> Generator[None, tuple[str, str, str], tuple[str, str, str]]:
        category, letter, word = yield
        return category, "" if self.total > FEW else letter, word

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if self.total <= FEW:
            return
        if report.failed:
            self.failed += 1
            self.write(f"failed: {report.nodeid}")
        if report.when == "teardown":
            self.done += 1
            if self.done * 10 // self.total > (self.done - 1) * 10 // self.total:
                self.write(f"{self.done * 100 // self.total:3} % of {self.total:,} tests, {self.failed:,} failed")

    def write(self, line: str) -> None:
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        reporter.ensure_newline()
        reporter.write_line(line)
