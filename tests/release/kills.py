"""Kill builds and releases at random; see that nothing is lost, and that running them again ends the same.

python -m tests.release.kills --runs 100 [--seed 1]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.processes import CHECKOUT
from tests.release.repositories import DATE, GIT, add, correct, git, of_the_good, of_this_checkout, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Files = dict[str, bytes]

_LEFT = re.compile(r"\.lock$|defcoop-part|defcoop-release|next-index")
_AGAIN = 0.3
"""How likely it is that the run that takes up a killed one is killed too."""


class Scene(NamedTuple):
    """What is killed: a command, the folder that each run begins with a copy of, and where its library lies."""

    name: str
    command: tuple[str, ...]
    folder: Path
    library: Path | None = None


STEPS = """
import fcntl, os, runpy, signal, sys
left = int(sys.argv.pop(1))
changing = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "subprocess.Popen",
            "fcntl.flock", "ctypes.dlsym"}
def watch(event, about):
    global left
    if event in changing or event == "open" and isinstance(about[2], int) and about[2] & os.O_ACCMODE:
        left -= 1
        if left == 0:
            os.killpg(0, signal.SIGKILL)
sys.addaudithook(watch)
try:
    runpy.run_module("defcoop", run_name="__main__", alter_sys=True)
finally:
    print("steps:", -left)
"""
"""Runs defcoop until it is about to take a step, counted from 1, that changes something; then it kills its group."""


class Tally(NamedTuple):
    """What came of a campaign: kills, runs that ended before theirs, states that kills left, and a run's length."""

    kills: int
    ended: int
    states: Counter[str]
    length: float


class LostError(Exception):
    """Something was lost, or left behind."""


def campaign(scene: Scene, kills: int, seed: int, *, steps: bool = False) -> Tally:
    """Kill a command as often as asked for, at random times or before random steps.

    Raises:
        LostError: at the first kill after which something is not as it should be.
    """
    luck = random.Random(f"{scene.name} {seed}")  # noqa: S311 - moments, not secrets
    with _copy(scene) as folder:
        before = _files(folder)
        length = _steps(scene, folder) if steps else _seconds(scene, folder)
        wanted, after = _outcome(folder), _files(folder)
    done, ended, states = 0, 0, Counter[str]()
    while done < kills:
        with _copy(scene) as folder:
            told = ""
            while True:
                moment = luck.randint(1, int(length)) if steps else luck.uniform(0, length)
                if not _killed(scene, folder, moment):
                    ended += 1
                    break
                done += 1
                told += f"killed before step {moment}; " if steps else f"killed after {moment:.3f} s; "
                states[_state(scene, folder, before, after, told)] += 1
                if luck.random() > _AGAIN:
                    break
            _finish(scene, folder, told)
            found = _outcome(folder)
            _demand(found == wanted, f"{told}then it ends otherwise: {_unlike(found, wanted)}")
    return Tally(done, ended, states, length)


def build_scene(work: Path) -> Scene:
    """Build over a package with another summary, from records enough for several processes."""
    folder = work / "build"
    for name in ("dataset", "seeds"):
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("text"))
    return _with_package(Scene("build", ("build", "--jobs", "2"), folder, CHECKOUT), many=True)


def small_build_scene(work: Path) -> Scene:
    """Build the good checkout over an older package."""
    folder = shutil.copytree(CHECKOUT / "tests/good", work / "build")
    return _with_package(Scene("build", ("build",), folder, CHECKOUT), many=False)


def release_scene(work: Path) -> Scene:
    """Release this checkout, after a release and with records that are corrected since."""
    folder = of_this_checkout(work / "release")
    scene = Scene("release", ("release", "9.0.1", "--date", DATE), folder)
    _finish(scene._replace(command=("release", "--date", "2031-01-02")), folder, "the first release")
    record = folder / "dataset/actors/act-qat.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("summary: ", "summary: Or so it is told, ", 1))
    _prepare(folder)
    return scene


def small_release_scene(work: Path) -> Scene:
    """Release the good checkout, after a release and with records that are new since."""
    folder = of_the_good(work / "release")
    scene = Scene("release", ("release", "0.2.0", "--date", DATE), folder, CHECKOUT)
    _finish(scene._replace(command=("release", "--date", "2031-01-02")), folder, "the first release")
    add(folder)
    correct(folder)
    _prepare(folder)
    return scene


def _with_package(scene: Scene, *, many: bool) -> Scene:
    record = scene.folder / "dataset/actors/act-qat.yaml"
    source = record.read_text(encoding="utf-8")
    model = (record.parent / "act-nabd.yaml").read_text(encoding="utf-8") if many else ""
    for number in range(600 if many else 0):
        text = model.replace("id: act-nabd\n", f"id: act-made-up-{number}\n").replace("Nabd", f"Nabd {number}")
        (record.parent / f"act-made-up-{number}.yaml").write_text(text, encoding="utf-8")
    _finish(scene, scene.folder, "the first build")
    record.write_text(source.replace("summary: ", "summary: Or so it is told, ", 1), encoding="utf-8")
    return scene


def _prepare(folder: Path) -> None:
    write(folder, "changelog.d/news.library.md", "- News.\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Changes")


@contextmanager
def _copy(scene: Scene) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=scene.folder.parent) as place:
        yield shutil.copytree(scene.folder, Path(place, "checkout"), symlinks=True)


def _start(scene: Scene, folder: Path, step: int = 0) -> subprocess.Popen[str]:
    room = folder.parent / "temporary"
    room.mkdir(exist_ok=True)
    own = {"TMPDIR": str(room), "XDG_CACHE_HOME": str(folder.parent / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    library = {"PYTHONPATH": str(scene.library)} if scene.library else {}
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "DEFCOOP_SEEDS"}}
    return subprocess.Popen(
        [sys.executable, *(("-c", STEPS, str(step)) if step else ("-m", "defcoop")), *scene.command],
        cwd=folder,
        env=kept | GIT | own | library,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )


def _killed(scene: Scene, folder: Path, moment: float) -> bool:
    """Run the command and kill it with all that it started; tell whether it was killed before it ended.

    The moment is a step if it is a whole number, else a time in seconds.
    """
    if isinstance(moment, int):
        with _start(scene, folder, moment) as run:
            run.communicate(timeout=300)
            return run.returncode == -signal.SIGKILL
    with _start(scene, folder) as run:
        try:
            run.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
        return run.wait() == -signal.SIGKILL


def _seconds(scene: Scene, folder: Path) -> float:
    start = time.monotonic()
    _finish(scene, folder, "an undisturbed run")
    return time.monotonic() - start


def _steps(scene: Scene, folder: Path) -> int:
    with _start(scene, folder, 1_000_000) as run:
        said = run.communicate(timeout=300)[0]
    _demand(run.returncode == 0, f"an undisturbed run: it ends with {run.returncode}: {said[-500:]}")
    return 1_000_000 + int(said.rpartition("steps: ")[2])


def _finish(scene: Scene, folder: Path, told: str) -> None:
    with _start(scene, folder) as run:
        said = run.communicate(timeout=300)[0]
    _demand(run.returncode == 0, f"{told}: it ends with {run.returncode}: {said[-500:]}")


def _files(folder: Path) -> Files:
    """Give all files of a checkout but git's own, by path."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != ".git")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _outcome(folder: Path) -> dict[str, object]:
    """Give what a run comes to: the files, the history without its times, and that nothing is left behind."""
    left = [path for path in (folder / ".git").rglob("*") if _LEFT.search(path.name)]
    left += folder.parent.joinpath("temporary").iterdir()
    _demand(not left, f"something is left behind: {left}")
    history: dict[str, object] = {}
    if (folder / ".git").exists():
        _demand(git(folder, "status", "--short") == "", "something is not committed")
        history = {
            "history": git(folder, "log", "--format=%s %T"),
            "tags": git(folder, "for-each-ref", "--format=%(refname) %(objecttype) %(*tree) %(contents)"),
        }
    return {**_files(folder), **history}


def _state(scene: Scene, folder: Path, before: Files, after: Files, told: str) -> str:
    """Say what a kill left, in which everything must be as it was or as it was to become."""
    now = _files(folder)
    packages = [_package(files) for files in (now, before, after)]
    _demand(packages[0] in packages[1:], f"{told}the package is neither the old one nor the new one")
    _demand(_is_whole(packages[0]), f"{told}the package is not whole")
    for name in before.keys() | after.keys():
        if not name.startswith("build/package/"):
            _demand(now.get(name) in (before.get(name), after.get(name)), f"{told}{name} is lost")
    strange = [name for name in now if name not in before and name not in after and "defcoop-part" not in name]
    _demand(not strange, f"{told}there is more than there should be: {strange}")
    if not (folder / ".git").exists():
        return "the old package" if packages[0] == packages[1] else "the new package"
    git(folder, "fsck", "--strict", "--no-dangling")
    version = scene.command[1]
    is_tagged = f"v{version}" in git(folder, "tag").split()
    if not (folder / ".git/refs/worktree/defcoop-release").exists():
        return "released" if is_tagged else "nothing begun"
    if f"Release {version}" != git(folder, "log", "-1", "--format=%s"):
        return "begun"
    return "tagged" if is_tagged else "committed"


def _package(files: Files) -> Files:
    head = "build/package/"
    return {name.removeprefix(head): source for name, source in files.items() if name.startswith(head)}


def _is_whole(package: Files) -> bool:
    lines = package.get("SHA256SUMS", b"").decode().splitlines()
    told = {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}
    return told == {name: hashlib.sha256(text).hexdigest() for name, text in package.items() if name != "SHA256SUMS"}


def _unlike(found: Mapping[str, object], wanted: Mapping[str, object]) -> list[str]:
    return sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))


def _demand(is_so: bool, what: str) -> None:  # noqa: FBT001 - a condition reads best first
    if not is_so:
        raise LostError(what)


def _main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=100, help="kills of each command, by time and by step")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    scenes: tuple[Callable[[Path], Scene], ...] = (build_scene, release_scene)
    with tempfile.TemporaryDirectory() as work:
        for make, steps in product(scenes, (False, True)):
            with tempfile.TemporaryDirectory(dir=work) as place:
                found = campaign(make(Path(place)), given.runs, given.seed, steps=steps)
            length = f"{found.length} steps" if steps else f"{found.length:.2f} s"
            states = ", ".join(f"{number} {state}" for state, number in found.states.most_common())
            print(  # noqa: T201 - a script
                f"{make.__name__}: {found.kills} kills over {length}, {found.ended} runs ended before theirs: "
                f"nothing lost. Left by kills: {states}.",
                flush=True,
            )


if __name__ == "__main__":
    _main()
