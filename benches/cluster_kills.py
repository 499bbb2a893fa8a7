#!/usr/bin/env python3
"""Kills a writer of an index in a cluster at random moments, and compares what readers then get with an index in a folder.

    python3 benches/cluster_kills.py PROGRAM http://127.0.0.1:19201 CORPUS [--kills 100]

Before each run, some files of a copy of CORPUS are changed, removed or put back. After each kill, the answer must be that
of the state before or after the run. Some runs are rebuilds. At the end a whole run must give the answer of the folder.
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

NAME = "digest-search-kills"
QUESTION = ["count", "--by", "source", "--by", "week", "--format", "json"]


def change(files, shelf, lot, number):
    """Changes some files."""
    for _ in range(lot.randint(1, 6)):
        path = lot.choice(files)
        if not path.exists():
            path.write_text(shelf[path])
        elif lot.random() < 0.3:
            shelf[path] = path.read_text()
            path.unlink()
        else:
            path.write_text(path.read_text().replace(" the ", f" the word{number} ", 1))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("program", "address", "corpus"):
        arguments.add_argument(name)
    arguments.add_argument("--kills", type=int, default=100)
    given = arguments.parse_args()
    remote, lot, shelf = f"{given.address}/{NAME}", random.Random(1), {}

    def run(index, *more):
        return subprocess.run([given.program, "--index", index, *more], capture_output=True, text=True)

    def answer(index):
        found = run(index, *QUESTION)
        assert found.returncode < 2, found.stderr
        return json.dumps(json.loads(found.stdout), sort_keys=True)

    with tempfile.TemporaryDirectory() as folder:
        corpus, local = Path(folder, "corpus"), f"{folder}/index"
        shutil.copytree(given.corpus, corpus)
        files = sorted(path for path in corpus.rglob("*.md") if path.name[:2] == "20")
        command = ["index", str(corpus), "--allow-shrink", "--quiet"]
        for index in (local, remote):
            assert run(index, *command).returncode == 0
        before, counts = answer(local), {"killed": 0, "ended first": 0, "before": 0, "after": 0, "wrong": 0}
        for number in range(given.kills * 10):
            if counts["killed"] == given.kills:
                break
            change(files, shelf, lot, number)
            run(local, *command)
            after = answer(local)
            more = ["--rebuild"] if lot.random() < 0.15 else []
            writing = [given.program, "--index", remote, *command, *more]
            writer = subprocess.Popen(writing, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(lot.random() * (2.5 if more else 1.2))
            counts["ended first" if writer.poll() is not None else "killed"] += 1
            writer.send_signal(signal.SIGKILL)
            writer.wait()
            found = answer(remote)
            state = "after" if found == after else "before" if found == before else "wrong"
            counts[state] += 1
            before = found
            # The lock of a killed run would be taken over after a minute.
            request = urllib.request.Request(f"{remote}/_doc/lock", method="DELETE")
            try:
                urllib.request.urlopen(request).read()
            except urllib.error.HTTPError:
                pass
        print(counts)
        last = run(remote, *command)
        assert last.returncode == 0 and answer(remote) == answer(local), last.stderr
        assert counts["wrong"] == 0


if __name__ == "__main__":
    main()
