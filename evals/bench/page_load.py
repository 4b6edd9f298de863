"""Benchmark: people at the page, through its own queue: seconds to a whole answer, and the server's memory.

python -m evals.bench.page_load                                      50 people, 10 s between questions, two minutes
python -m evals.bench.page_load --questions 5000 --hang-ups 0.2      as fast as 8 people can, a fifth of them hanging up
"""

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx

from evals.cases import case_files, load_cases
from evals.statistics import percentile

START_S = 120
STOP_S = 30
TIMEOUT_S = 60.0
QUESTIONS_A_VISIT = 10
SAMPLES = 20
API = "/gradio_api"
OVERVIEWS = ("Vilka aktörer nämns?", "Visa en tidslinje", "Sammanfatta utredningen", "Vem säger vad om försök?")


@dataclass
class Load:
    """What was measured: seconds of each whole answer, resident megabytes as questions went by, and failures."""

    seconds: list[float] = field(default_factory=list)
    memory: list[tuple[int, float]] = field(default_factory=list)
    descriptors: list[tuple[int, int]] = field(default_factory=list)
    n_asked: int = 0
    n_hung_up: int = 0
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shape:
    """Who asks: ``people`` at once, each waiting ``pause_s`` between questions, until one of the limits is reached."""

    people: int
    pause_s: float
    seconds: float
    questions: int
    hang_up_ratio: float


class ServerEnded(Exception):
    """The program went away while people were asking; nothing that is asked of it afterwards counts."""


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The program in a process of its own over the data folder of the settings; gives its address and process id.

    Raises:
        SystemExit: the program does not start, or ended while it was used; with its exit code and last lines.
    """
    with tempfile.NamedTemporaryFile("w+") as log:
        command = [sys.executable, "-m", "assistant", "serve", "--port", "0"]
        with subprocess.Popen(command, stderr=log) as process:
            try:
                until = time.monotonic() + START_S
                while not (found := re.search(r"Serving on (\S+)", Path(log.name).read_text())):
                    if process.poll() is not None or time.monotonic() > until:
                        raise SystemExit(f"the program does not serve:\n{Path(log.name).read_text()}")
                    time.sleep(0.2)
                yield found[1], process.pid
            except ServerEnded:
                code = process.wait(STOP_S)
                last = "".join(Path(log.name).read_text().splitlines(keepends=True)[-20:])
                raise SystemExit(f"the program ended with exit code {code} while it was asked:\n{last}") from None
            finally:
                process.terminate()


def resident_mb(pid: int) -> float:
    """The memory that a process holds, in megabytes.

    Raises:
        ServerEnded: there is no such process any more.
    """
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        found = None
    if found is None:  # gone, or dead and not yet collected
        raise ServerEnded
    return int(found[1]) / 1024


def n_descriptors(pid: int) -> int:
    """How many files and connections a process has open."""
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


class Person:
    """A reader with the page open in a browser: its page load, its queue, its open connection."""

    def __init__(self, client: httpx.AsyncClient, load: Load, chance: random.Random) -> None:
        """Ask through ``client``; what is measured goes into ``load``."""
        self.client = client
        self.load = load
        self.chance = chance
        self.session = ""

    async def open(self) -> None:
        """Load the page as a browser does."""
        self.client.cookies.clear()
        html = (await self.client.get("/")).text
        config = json.JSONDecoder().raw_decode(html[html.index("window.gradio_config = ") + 23 :])[0]
        self.handlers = {one["api_name"]: one["id"] for one in config["dependencies"]}
        self.session = f"load{self.chance.getrandbits(40):x}"
        await self.call("open", [None])
        await self.call("offer", [])

    async def ask(self, question: str, hang_up: bool) -> None:
        """Ask and wait for the whole answer, or go away before it comes."""
        started = time.perf_counter()
        output = await self.call("ask", [question, None], hang_up)
        if hang_up:
            self.load.n_hung_up += 1
        elif "data-complete" in output:
            self.load.seconds.append(time.perf_counter() - started)
        else:
            self.load.errors.append(f"{question[:60]}: {output[-200:]}")

    async def call(self, name: str, data: list[Any], hang_up: bool = False) -> str:
        """Put a call into the queue and read its events to the end."""
        body = {"data": data, "fn_index": self.handlers[name], "session_hash": self.session}
        joined = await self.client.post(f"{API}/queue/join", json=body)
        if joined.status_code != 200:
            return joined.text
        seen = ""
        async with self.client.stream("GET", f"{API}/queue/data", params={"session_hash": self.session}) as events:
            async for line in events.aiter_lines():
                seen += line if "data-complete" in line or "error" in line.lower() else ""
                if hang_up:
                    return ""
                if '"process_completed"' in line:
                    return seen if '"success":true' in line.replace(" ", "") else line
        return seen or "the stream broke off"


async def people_asking(url: str, pid: int, shape: Shape, asked: Sequence[str]) -> Load:
    """The load of ``shape`` on the page at ``url``, asking what stands in ``asked``.

    Raises:
        ServerEnded: the program went away meanwhile.
    """
    load = Load()
    chance = random.Random(1)
    until = time.monotonic() + shape.seconds
    every = max(1, shape.questions // SAMPLES) if shape.questions else 100

    async def at_the_page(number: int) -> None:
        own = random.Random(number)
        await asyncio.sleep(own.uniform(0, shape.pause_s))
        async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT_S) as client:
            person = Person(client, load, own)
            for turn in range(10**9):
                if time.monotonic() > until or (shape.questions and load.n_asked >= shape.questions):
                    return
                load.n_asked += 1
                if load.n_asked % every == 0:
                    load.memory.append((load.n_asked, round(resident_mb(pid), 1)))
                    load.descriptors.append((load.n_asked, n_descriptors(pid)))
                try:
                    if turn % QUESTIONS_A_VISIT == 0:
                        await person.open()
                    await person.ask(chance.choice(asked), own.random() < shape.hang_up_ratio)
                except httpx.HTTPError as error:
                    resident_mb(pid)
                    load.errors.append(repr(error))
                await asyncio.sleep(shape.pause_s)

    await asyncio.gather(*(at_the_page(n) for n in range(shape.people)))
    return load


def figures(load: Load, shape: Shape) -> dict[str, Any]:
    """The load as figures for reports: seconds at p50 and p95, errors, memory and open descriptors as it went by."""
    n = len(load.seconds)
    return {
        "shape": asdict(shape),
        "n": n,
        "p50_s": round(percentile(load.seconds, 0.5), 3) if n else None,
        "p95_s": round(percentile(load.seconds, 0.95), 3) if n else None,
        "slowest_s": round(max(load.seconds), 3) if n else None,
        "hung_up": load.n_hung_up,
        "errors": len(load.errors),
        "first_errors": load.errors[:3],
        "memory_mb": load.memory,
        "descriptors": load.descriptors,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints the figures as JSON; exits 1 where a question failed."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.page_load", description=__doc__)
    parser.add_argument("--people", type=int, help="people at once (default: 50, with --questions 8)")
    parser.add_argument("--pause", type=float, help="seconds between their questions (default: 10, with --questions 0)")
    parser.add_argument("--seconds", type=float, help="how long (default: 120, with --questions no limit)")
    parser.add_argument("--questions", type=int, default=0, help="stop after so many questions")
    parser.add_argument("--hang-ups", type=float, default=0.0, help="share of people who go away before the answer")
    options = parser.parse_args(arguments)
    counted = options.questions > 0
    shape = Shape(
        people=options.people or (8 if counted else 50),
        pause_s=options.pause if options.pause is not None else (0.0 if counted else 10.0),
        seconds=options.seconds or (86_400.0 if counted else 120.0),
        questions=options.questions,
        hang_up_ratio=options.hang_ups,
    )
    cases = [case.question for case in load_cases([f for f in case_files() if f.name.startswith("dev-")])]
    with served() as (url, pid):
        load = asyncio.run(people_asking(url, pid, shape, [*cases, *OVERVIEWS]))
    print(json.dumps(figures(load, shape), ensure_ascii=False, indent=2))
    return 1 if load.errors else 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
