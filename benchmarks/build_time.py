"""How long sites take to build, with Klartekst and without it; exit status 1 where a promise is not kept.

The promises are in issue 2: at most 1.1 times the time of MkDocs alone on the same finished Markdown, and 4 times the
pages in at most 5 times the time. Builds of both kinds take turns, so that a busy machine slows both. The promises are
judged by processor time, which is what the clock shows when nothing else runs, and by the fastest runs, since other
work can only add to them; clock and medians say how busy the machine was.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pair import ROOT, Pair, check_same, make_pair
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

ROUNDS = {250: 5, 1000: 3}
"""How often each size is built, by the number of pages."""
MOST_TIMES_BARE = 1.1
MOST_TIMES_SMALL = 5.0
MOST_SECONDS_TO_CHECK = 1.0
CHECKS = 5

_ENVIRONMENT = {"SOURCE_DATE_EPOCH": "1700000000", "NO_MKDOCS_2_WARNING": "1"}


@dataclass(frozen=True)
class Took:
    """What one process took, in seconds."""

    wall: float
    processor: float


@dataclass
class Timings:
    """What several runs of the same process took."""

    runs: list[Took] = field(default_factory=list)

    @property
    def fastest(self) -> Took:
        """The shortest times."""
        return self._by(min)

    @property
    def median(self) -> Took:
        """The times in the middle."""
        return self._by(statistics.median)

    def _by(self, choose: Callable[[list[float]], float]) -> Took:
        return Took(choose([run.wall for run in self.runs]), choose([run.processor for run in self.runs]))


@dataclass(frozen=True)
class Size:
    """What the two sites of one size took."""

    pages: int
    ours: Timings
    bare: Timings


@dataclass(frozen=True)
class Promise:
    """Something that may not exceed a limit."""

    text: str
    value: float
    limit: float

    @property
    def kept(self) -> bool:
        """Whether the limit holds."""
        return self.value <= self.limit

    def __str__(self) -> str:
        """Say what was promised and what was found, on one line."""
        return f"{'kept' if self.kept else 'BROKEN'}: {self.text}: {self.value:.2f}, at most {self.limit:g}"


def main() -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory(prefix="klartekst-bench-") as folder:
        sizes, check = _measure(Path(folder))
    console = Console()
    _print(console, sizes, check)
    promises = list(_promises(sizes, check))
    for promise in promises:
        console.print(str(promise), markup=False, highlight=False, soft_wrap=True)
    return int(not all(promise.kept for promise in promises))


def _measure(folder: Path) -> tuple[list[Size], Timings]:
    console = Console(stderr=True)
    total = CHECKS + sum(2 * rounds for rounds in ROUNDS.values())
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("Building", total=total)

        def step(what: str) -> None:
            progress.update(task, advance=1, description=what)

        check = Timings([_check(step) for _ in range(CHECKS)])
        sizes = [_size(make_pair(folder, pages), rounds, step) for pages, rounds in ROUNDS.items()]
    return sizes, check


def _size(pair: Pair, rounds: int, step: Callable[[str], None]) -> Size:
    """Build the two sites in turns."""
    size = Size(pair.pages, Timings(), Timings())
    for _ in range(rounds):
        for project, timings in ((pair.ours, size.ours), (pair.bare, size.bare)):
            timings.runs.append(_timed([sys.executable, "-m", "mkdocs", "build", "--quiet"], project))
            step(f"{pair.pages} pages")
    check_same(pair)
    return size


def _check(step: Callable[[str], None]) -> Took:
    command = Path(sys.executable).with_name("klartekst")
    took = _timed([str(command), "check", "data"], ROOT)
    step("klartekst check")
    return took


def _timed(command: list[str], folder: Path) -> Took:
    """Run a process to its end and return what it took; its own error is shown, and ends the benchmark."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    result = subprocess.run(command, cwd=folder, env={**os.environ, **_ENVIRONMENT}, capture_output=True, text=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{result.stdout}{result.stderr}")
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _promises(sizes: list[Size], check: Timings) -> Iterator[Promise]:
    for size in sizes:
        text = f"{size.pages} pages with Klartekst, times MkDocs alone"
        yield Promise(text, size.ours.fastest.processor / size.bare.fastest.processor, MOST_TIMES_BARE)
    small, large = sizes[0], sizes[-1]
    text = f"{large.pages} pages, times {small.pages} pages"
    yield Promise(text, large.ours.fastest.processor / small.ours.fastest.processor, MOST_TIMES_SMALL)
    yield Promise("klartekst check, seconds", check.fastest.processor, MOST_SECONDS_TO_CHECK)


def _print(console: Console, sizes: list[Size], check: Timings) -> None:
    """Print all times; on a pipe, rich leaves colours out and keeps the columns."""
    table = Table(title="Seconds: the fastest run and the median", box=None)
    table.add_column("what", no_wrap=True)
    for heading in ("runs", "processor", "median", "clock", "median"):
        table.add_column(heading, justify="right", no_wrap=True)
    rows = [("klartekst check", check)]
    for size in sizes:
        rows += [(f"{size.pages} pages, with Klartekst", size.ours), (f"{size.pages} pages, MkDocs alone", size.bare)]
    for what, timings in rows:
        times = [(took.processor, took.wall) for took in (timings.fastest, timings.median)]
        numbers = (f"{seconds:.2f}" for pair in zip(*times, strict=True) for seconds in pair)
        table.add_row(what, str(len(timings.runs)), *numbers)
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
