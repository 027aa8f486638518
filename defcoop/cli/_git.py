"""What git knows of a checkout."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def changed_files(dataset: Path, revision: str) -> set[str]:
    """List the records and source cards changed since a revision, or not known to git, relative to the checkout.

    Raises:
        ValueError: if git does not know the revision, or the checkout is no git repository.
    """
    checkout = dataset.absolute().parent
    # A revision that looks like an option stays a revision.
    commit = _git(checkout, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip()
    base = _git(checkout, "merge-base", "--all", commit, "HEAD").split()[0]
    folders = ("--", dataset.name, "seeds")
    changed = _git(checkout, "diff", "--name-only", "--relative", "--no-renames", "-z", base, *folders)
    unknown = _git(checkout, "ls-files", "--others", "--exclude-standard", "-z", *folders)
    return {name for name in (changed + unknown).split("\0") if name}


def _git(checkout: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; what users give is an operand
            ["git", "-C", str(checkout), *arguments],  # noqa: S607 - git is found where the machine has it
            capture_output=True,
            check=True,
        )
    except FileNotFoundError:
        msg = "--changed-since needs git"
        raise ValueError(msg) from None
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip() or f"git {arguments[0]} finds nothing"
        msg = f"--changed-since: {reason}"
        raise ValueError(msg) from None
    return done.stdout.decode(errors="surrogateescape")
