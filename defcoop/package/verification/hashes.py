"""The check of files: they are all there, no other is, and each has the size and the hash that is described of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from defcoop.package.descriptor import DATA, DESCRIPTOR, SUMS
from defcoop.package.verification.verdict import Failure
from defcoop.package.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.package.described import Digest

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def file_failures(
    sums: bytes | None, described: Mapping[str, Digest] | None, digests: Mapping[str, Digest]
) -> Iterator[Failure]:
    """Tell in what the files of a package are not those of its checksums and its descriptor.

    Args:
        sums: the file of checksums, if there is one.
        described: size and hash of files as the descriptor has them; None if there is none that can be read.
        digests: size and hash of all files as they are.
    """
    listed = {path: digest for path, digest in digests.items() if path != SUMS}
    expected = "".join(f"{digest.sha256}  {path}\n" for path, digest in sorted(listed.items()))
    if DESCRIPTOR not in digests:
        yield Failure(DESCRIPTOR, None, None, "is missing")
    if sums is None:
        yield Failure(SUMS, None, None, "is missing")
    elif expected.encode(errors="surrogateescape") != sums:
        yield from _sums_failures(sums, listed) or [
            Failure(SUMS, None, None, "is not one line per file, sorted by path")
        ]
    if described is not None:
        yield from _described_failures(described, digests)


def _described_failures(described: Mapping[str, Digest], digests: Mapping[str, Digest]) -> Iterator[Failure]:
    for path, digest in described.items():
        if path not in digests:
            yield Failure(path, None, None, f"is named in {DESCRIPTOR} and missing")
        elif digests[path].size != digest.size:
            message = f"has {digests[path].size:,} bytes; {DESCRIPTOR} says {digest.size:,}"
            yield Failure(path, None, None, message)
        elif digests[path].sha256 != digest.sha256:
            yield Failure(path, None, None, f"has another SHA-256 than {DESCRIPTOR} says")
    for path in digests:
        if path not in described and path.startswith((f"{DATA}/", f"{VIEWS}/")):
            yield Failure(path, None, None, f"is not named in {DESCRIPTOR}")


def _sums_failures(sums: bytes, digests: Mapping[str, Digest]) -> list[Failure]:
    failures: list[Failure] = []
    listed: set[str] = set()
    for number, line in enumerate(sums.decode(errors="surrogateescape").split("\n")[:-1], start=1):
        match = _LINE.fullmatch(line)
        if not match:
            failures.append(Failure(SUMS, number, None, "is no hash and path"))
            continue
        sha256, path = match.groups()
        listed.add(path)
        if path not in digests:
            failures.append(Failure(path, None, None, f"is listed in {SUMS} and missing"))
        elif digests[path].sha256 != sha256:
            failures.append(Failure(path, None, None, f"has another SHA-256 than {SUMS} says"))
    failures += (Failure(path, None, None, f"is not listed in {SUMS}") for path in digests if path not in listed)
    return failures
