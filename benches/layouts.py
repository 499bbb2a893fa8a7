#!/usr/bin/env python3
"""Compares the first index of folders in different layouts: seconds, throughput and memory.

    python3 benches/layouts.py target/release/digest-search FOLDER FOLDER ...

Each folder is indexed three times, in turn with the others; the fastest run counts. Addresses are bytes of a digest that
are stored, but not searched, so the throughput is also given without them.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ADDRESS = re.compile(rb"https?://[^\s)>\"]*")
RUNS = 3


def size(folder):
    """Returns the bytes of all Markdown files, and those without addresses."""
    texts = [path.read_bytes() for path in pathlib.Path(folder).rglob("*.md")]
    return len(texts), sum(map(len, texts)), sum(len(ADDRESS.sub(b"", text)) for text in texts)


def first_index(program, folder):
    """Returns seconds and maximum memory in MB of a first index, and its number of entries."""
    with tempfile.TemporaryDirectory() as index:
        command = [program, "--index", f"{index}/i", "--format", "json", "index", folder]
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status:
            sys.exit(f"index of {folder} failed")
        return seconds, usage.ru_maxrss / 1024, json.loads(output)["entries"]["total"]


def main(program, folders):
    best = {}
    for _ in range(RUNS):
        for folder in folders:
            found = first_index(program, folder)
            best[folder] = min(best.get(folder, found), found)
    print("| folder | files | MB | entries | seconds | MB/s | MB/s without addresses | entries/s | MB of memory |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for folder in folders:
        files, whole, text = size(folder)
        seconds, memory, entries = best[folder]
        rates = f"{whole / seconds / 1e6:.1f} | {text / seconds / 1e6:.1f} | {entries / seconds:,.0f}"
        name = pathlib.Path(folder).name
        print(f"| {name} | {files:,} | {whole / 1e6:.0f} | {entries:,} | {seconds:.1f} | {rates} | {memory:.0f} |")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
