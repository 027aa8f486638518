"""Which changes of the code would no test notice? `make mutation` makes one at a time and runs the tests.

    make mutation ARGS='--sample 100 --seed 1 --rooms models,validation,package --jobs 2'

The mutants are those of cosmic-ray, by all of its operators that need no arguments; a sample of them is drawn. Each is
made in a copy of the repository and meets, until a test fails, the tests that mirror its module and those of its room.
It runs on the Python of build/tools/cosmic-ray, and the tests on that of .venv.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import TYPE_CHECKING, NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parso.tree import NodeOrLeaf

REPOSITORY = Path(__file__).parent.parent
OPERATORS = sorted(name for name in operator_names() if not name.startswith("core/Variable"))
# A loop without end is noticed, a busy machine is not.
PYTEST = ["sh", "-c", 'ulimit -t 200; exec "$@"', "sh", str(REPOSITORY / ".venv/bin/python"), "-m", "pytest"]
SURVIVED = {0, 5}  # all pass, or there is none; a module that cannot be imported any more gives neither


class Mutant(NamedTuple):
    """One change of one module: the occurrence of an operator in it."""

    module: Path
    operator: str
    occurrence: int


def is_unread(node: NodeOrLeaf, operator: str) -> bool:
    """Tell whether the operator changes `A | B` in an annotation, which only mypy reads."""
    while "BitOr_" in operator and node.parent:
        above = node.parent
        if above.type == "tfpdef" or (above.type == "annassign" and above.children[1] is node):
            return True
        if above.type == "funcdef" and above.annotation is node:
            return True
        node = above
    return False


def mutants(module: Path) -> Iterator[Mutant]:
    """Yield all mutants of a module."""
    nodes = list(ast_nodes(get_ast((REPOSITORY / module).read_text(encoding="utf-8"))))
    for name in OPERATORS:
        operator = get_operator(name)()
        places = [node for node in nodes for _ in operator.mutation_positions(node)]
        yield from (Mutant(module, name, number) for number, node in enumerate(places) if not is_unread(node, name))


def stages(module: Path) -> Iterator[list[str]]:
    """Yield the tests that a mutant of a module meets, one selection after the other."""
    _, room, *inner, _ = module.parts
    folder = "/".join(["tests", room, *inner])
    if mirror := sorted(REPOSITORY.glob(f"{folder}/test_{module.stem}*.py")):
        yield [str(path.relative_to(REPOSITORY)) for path in mirror]
    elif inner:
        yield [folder]
    # Models are for the most part tried by documents that get their findings.
    yield [f"tests/{room}", *(["tests/validation/test_goldens.py"] if room == "models" else [])]


def killer(module: Path, text: str, copies: Queue[Path], chosen: str) -> str:
    """Run the tests on a module of another text: the first that fails, if one does."""
    copy = copies.get()
    path, failed = copy / module, ""
    original = path.read_text(encoding="utf-8")
    for written, selections in ((text, stages(module)), (original, ())):
        path.write_text(written, encoding="utf-8")
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):  # it may be of the same second and size
            compiled.unlink()
        for tests in selections:
            command = [*PYTEST, "-x", "-p", "no:cacheprovider", "-k", chosen, *tests]
            done = subprocess.run(command, cwd=copy, capture_output=True, encoding="utf-8", check=False)
            if done.returncode not in SURVIVED:
                named = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
                failed = named[1] if named else f"nothing runs, {done.returncode}"
                break
    copies.put(copy)
    return failed


def main() -> int:
    """Draw the sample, try it, and say what killed each mutant and what those that survived change."""
    parser = argparse.ArgumentParser(prog="make mutation", description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=100, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--rooms", default="models,validation,package", help="of which folders of defcoop/")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many at a time")
    parser.add_argument("--tests", default="", help="which tests take part, as `pytest -k` has it")
    asked = parser.parse_args()
    rooms = [sorted(REPOSITORY.glob(f"defcoop/{room}/**/*.py")) for room in asked.rooms.split(",")]
    modules = sorted(path.relative_to(REPOSITORY) for room in rooms for path in room)
    every = [mutant for module in modules for mutant in mutants(module)]
    sample = random.Random(asked.seed).sample(every, min(asked.sample, len(every)))  # noqa: S311 - no secret
    survivors, copies = 0, Queue[Path]()
    with tempfile.TemporaryDirectory(prefix="defcoop-mutation-") as folder, ThreadPoolExecutor(asked.jobs) as pool:
        left_out = shutil.ignore_patterns(".*_cache", ".git", ".venv*", "build", "__pycache__")
        for job in range(asked.jobs):
            copies.put(Path(shutil.copytree(REPOSITORY, Path(folder, str(job)), ignore=left_out, symlinks=True)))

        def tried(module: Path, operator: str = "", occurrence: int = 0) -> tuple[str, str]:
            source = (REPOSITORY / module).read_text(encoding="utf-8")
            mutated = mutate_code(source, get_operator(operator)(), occurrence) if operator else source
            diff = difflib.unified_diff(source.splitlines(), mutated.splitlines(), str(module), n=0, lineterm="")
            return killer(module, mutated, copies, asked.tests), "\n".join(diff)

        for failed, _ in pool.map(tried, [room[0].relative_to(REPOSITORY) for room in rooms]):
            if failed:
                sys.exit(f"without any mutant, this fails: {failed}")
        outcomes = pool.map(lambda mutant: tried(*mutant), sample)
        for number, (mutant, (failed, diff)) in enumerate(zip(sample, outcomes, strict=True), start=1):
            survivors += not failed
            sys.stdout.write(f"{number} {mutant.operator}: {failed or 'SURVIVED'}\n{diff}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{survivors} of {len(sample)} survived, of {len(every):,} mutants\n")
    return survivors > 0


if __name__ == "__main__":
    sys.exit(main())
