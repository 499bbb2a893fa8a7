"""Power failures at any moment of a run: builds each state in which the disk may be left, and queries it.

    cargo build && python3 tests/faults/powercut [--times 2] [--every 1] [--seed 7] [RUN ...]

Needs strace. The runs are `first`, `update`, `merge`, `rebuild`, `settings` and `seen` (the state of `--since-last`). Each
`--every`th state and the last one are tested. Invariants: readers get the whole of the last commit or of the new one, with
and without `--verify`, and the new one after the run; the next run succeeds, reports no damage, and leaves nothing behind.
Prints the number of states, and each state that violates an invariant.
"""

import argparse
import collections
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from disk import Disk
from trace import calls, record

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("DIGEST_SEARCH", str(ROOT / "target/debug/digest-search"))
RUNS = ["first", "update", "merge", "rebuild", "settings", "seen"]


class Scene:
    """A corpus, and an index before and after a run."""

    def __init__(self, name, folder):
        self.name, self.folder, self.corpus = name, folder, folder / "corpus"
        self.disk = folder / "disk"
        self.disk.mkdir()
        shutil.copytree(ROOT / "corpus", self.corpus)
        if name != "first":
            self.index(self.disk)
        if name == "merge":
            # As many segments as the next commit merges.
            for _ in range(6):
                self.edit(1)
                self.index(self.disk)
        if name == "seen":
            self.ask(self.disk, *self.seen)
        self.command = [PROGRAM, "--index", str(self.disk / "index"), "index", str(self.corpus)]
        if name == "rebuild":
            self.command.append("--rebuild")
        elif name == "settings":
            (self.corpus / "digest-search.yaml").write_text("sources:\n  Pearl Coast Post: [PCP]\n")
        elif name == "seen":
            self.edit(2)
            self.index(self.disk)
            self.command = [PROGRAM, "--index", str(self.disk / "index"), *self.seen]
        else:
            self.edit(8)
            self.digests()[0].unlink()
            new = self.digests()[1]
            new.with_name("again.md").write_text(new.read_text().replace("date: 2026", "date: 2025", 1))

    seen = ["query", "--kind", "highlight", "--since-last", "mail", "--format", "ids"]

    def digests(self):
        """Returns the files of the corpus, the newest last."""
        return sorted(self.corpus.rglob("2026-*.md"), key=lambda path: path.name)

    def edit(self, count):
        """Adds a distinct bullet to each of a number of digests."""
        for path in self.digests()[-count:]:
            text = path.read_text()
            heading = "## Overall Highlights\n"
            assert heading in text, path
            path.write_text(text.replace(heading, f"{heading}\n- Point {len(text)}.\n", 1))

    def ask(self, disk, *arguments):
        """Runs the program with the index on a disk."""
        command = [PROGRAM, "--index", str(disk / "index"), *arguments]
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def index(self, disk):
        """Runs `index`."""
        return self.ask(disk, "index", str(self.corpus))

    def answer(self, disk, *more):
        """Returns all entries, or the error."""
        if self.name == "seen":
            return self.ask(disk, *self.seen).stdout
        asked = self.ask(disk, "query", "--all-copies", "--limit", "all", "--format", "jsonl", *more)
        return asked.stdout if asked.returncode == 0 else asked.stderr.splitlines()[0]

    def wrong(self, disk, old, new, has_ended):
        """Returns the problems of a state."""
        if self.name == "seen":
            # Entries may be shown once more, but are never lost, and the state is not reported as damaged.
            again = self.ask(disk, *self.seen)
            right = [new] if has_ended else [old, new]
            return None if again.stdout in right and not again.stderr else f"shown: {again}"
        answer = self.answer(disk)
        if answer != new and (has_ended or answer != old and not (self.name == "first" and "no index" in answer)):
            return f"the answer is neither the old nor the new one: {answer[:200]}"
        if "no index" not in answer and self.answer(disk, "--verify") != answer:
            return f"verified, the answer is another: {self.answer(disk, '--verify')[:200]}"
        run = self.index(disk)
        if run.returncode or "damaged" in run.stderr:
            return f"the next run: {run.stderr}"
        if self.answer(disk, "--verify") != new:
            return "the next run does not end with the new answer"
        check = self.ask(disk, "check", "--index-only")
        return None if check.returncode == 0 else f"left behind: {check.stdout}"


def put(tree, disk):
    """Writes the content of a disk to a folder."""
    shutil.rmtree(disk, ignore_errors=True)
    disk.mkdir()
    for path, data in sorted(tree.items()):
        (disk / path).mkdir(parents=True, exist_ok=True) if data is None else (disk / path).write_bytes(data)


def fail(name, options):
    """Fails the power at each moment of a run. Returns the number of states, and their problems."""
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(name, Path(folder).resolve())
        log, there = scene.folder / "log", scene.folder / "there"
        disk = Disk(str(scene.disk))
        # Entries shown in one run must not count as seen in another.
        put(disk.tree([], lambda file: file.sure), there)
        old = scene.answer(there)
        record(scene.command, log)
        put(Disk(str(scene.disk)).tree([], lambda file: file.sure), there)
        new = scene.answer(there)
        assert old != new or name in ("rebuild", "settings"), name
        asked, kinds, wrong, number, seen = 0, collections.Counter(), [], 0, set()
        chance = random.Random(options.seed)

        def ask(kind, tree, has_ended):
            nonlocal asked
            key = hash(frozenset((path, hash(data)) for path, data in tree.items()))
            if key in seen and not has_ended:
                return
            seen.add(key)
            asked += 1
            kinds[kind] += 1
            put(tree, there)
            if why := scene.wrong(there, old, new, has_ended):
                wrong.append(f"{name}, call {number}, {kind}: {why}")

        for call in calls(log):
            number += 1
            if disk.apply(call):
                for at, (kind, tree) in enumerate(disk.states(chance, options.times)):
                    if (number + at) % options.every == 0:
                        ask(kind, tree, False)
        ask("at the end", next(disk.states(chance, 0))[1], True)
        print(f"| {name} | {number} | {asked} | {', '.join(f'{n} {kind}' for kind, n in kinds.items())} | {len(wrong)} |")
        return asked, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="*", metavar="RUN", default=RUNS, choices=[*RUNS, []])
    parser.add_argument("--times", type=int, default=2, help="random parts at each moment, of two kinds each")
    parser.add_argument("--every", type=int, default=1, help="ask each so many of the states")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    os.environ.pop("RAYON_NUM_THREADS", None)
    print("| run | calls | states | of which | wrong |\n|---|--:|--:|---|--:|", flush=True)
    results = [fail(name, options) for name in options.runs or RUNS]
    print(f"{sum(asked for asked, _ in results)} states")
    wrong = [why for _, wrong in results for why in wrong]
    sys.exit("\n".join(wrong) if wrong else 0)


main()
