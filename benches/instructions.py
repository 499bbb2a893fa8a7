#!/usr/bin/env python3
"""Counts the instructions of the release program on the sample corpus, and compares them with benches/instructions.tsv:
a guard against slowdowns that is independent of noise.

    python3 benches/instructions.py             fails if a count is more than 3% over the one in the file
    python3 benches/instructions.py --accept    writes the counts into the file

valgrind (Debian: apt-get install valgrind) runs one thread at a time, and its callgrind counts. Other influences are
fixed: number of threads, names of folders, environment, times of files. Hash seeds, names of segments and the order of
threads vary, and changed counts by less than 0.2% in repeated runs. Counts of another compiler, valgrind, C library or
processor are printed, but not compared with those in the file.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from parts.drivers import ROOT, built_by_cargo

FILE = ROOT / "benches/instructions.tsv"
TOLERANCE = 0.03
INDEX = ["index", "corpus", "--threads", "1"]
# In this order: the first command makes the index.
COMMANDS = {
    "index": INDEX,
    "index, nothing changed": INDEX,
    "query, a word": ["query", "tariff"],
    "query, two words": ["query", "export controls"],
    "query, alternatives": ["query", "steel OR acero"],
    "query, a phrase": ["query", '"rare earths"'],
    "query, a prefix": ["query", "licen*"],
    "query, a spelling": ["query", "tarif~"],
    "query, filters": ["query", "steel", "--topic", "us-mexico", "--perspective", "us", "--since", "2026-02-01"],
    "query, facets": ["query", "tariff", "--limit", "0", "--facets", "source,topic,perspective"],
    "query, all hits as JSON": ["query", "tariff", "--limit", "all", "--format", "json"],
    "query, the newest": ["query", "--sort", "newest"],
    "count, all by source and month": ["count", "--by", "source,month"],
    "count, a word by week and perspective": ["count", "tariff", "--by", "week,perspective"],
}
ENVIRONMENT = {"PATH": os.environ["PATH"], "RAYON_NUM_THREADS": "1", "COLUMNS": "80", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def tools():
    """Returns the tools that made the counts, as in the file."""
    versions = [subprocess.run([tool, "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
                for tool in ("rustc", "valgrind")]
    return ", ".join([*versions, " ".join(platform.libc_ver()), platform.machine()])


def count():
    """Counts the instructions of each command, on a copy of the corpus."""
    program = built_by_cargo("digest-search", "build", "--release")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "corpus", f"{folder}/corpus", copy_function=shutil.copyfile)
        for file in Path(folder).rglob("*"):
            os.utime(file, (1_767_225_600, 1_767_225_600))
        # A file whose status has just changed may change again within the same tick and would be read again.
        time.sleep(3)
        return {name: instructions([program, *arguments], folder) for name, arguments in COMMANDS.items()}


def instructions(command, folder):
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = subprocess.run([*valgrind, *command], cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True)
    counted = re.search(r"Collected : (\d+)", done.stderr)
    assert done.returncode == 0 and counted, (command, done.stderr)
    return int(counted[1])


def accepted():
    """Returns the tools and the counts of the file."""
    first, *lines = FILE.read_text().splitlines() if FILE.exists() else [""]
    return first.removeprefix("# "), {name: int(n) for name, n in (line.split("\t") for line in lines)}


def compare(counted, before):
    """Prints a table; returns the names of commands over the limit."""
    over = []
    print(f"{'instructions, in thousands':32} {'accepted':>10} {'now':>10}")
    for name, now in counted.items():
        if name not in before:
            over.append(name)
            print(f"{name:32} {'–':>10} {now // 1000:>10,}  not in the file")
            continue
        change = now / before[name] - 1
        verdict = "OVER" if change > TOLERANCE else "fewer: good, accept it" if change < -TOLERANCE else ""
        if change > TOLERANCE:
            over.append(name)
        print(f"{name:32} {before[name] // 1000:>10,} {now // 1000:>10,} {change:+8.1%}  {verdict}".rstrip())
    return over


def main():
    assert sys.argv[1:] in ([], ["--accept"]), __doc__
    counted, made_by = count(), tools()
    if sys.argv[1:] == ["--accept"]:
        FILE.write_text(f"# {made_by}\n" + "".join(f"{name}\t{n}\n" for name, n in counted.items()))
    file_by, before = accepted()
    assert before.keys() <= counted.keys(), "the file has what is not counted"
    over = compare(counted, before)
    if over and made_by == file_by:
        sys.exit(f"over by more than {TOLERANCE:.0%}: {'; '.join(over)}\n"
                 "Where that is the price of something: python3 benches/instructions.py --accept")
    if made_by != file_by:
        print(f"not held against the file, whose counts are of {file_by or 'nothing'}; these are of {made_by}")


if __name__ == "__main__":
    main()
