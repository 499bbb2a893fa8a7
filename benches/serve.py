#!/usr/bin/env python3
"""Load test of `digest-search serve`: throughput and latency of a mixed list of 200 addresses over 32 connections,
its memory over time, and the effect of `index` runs on requests.

    cargo build --release && python3 benches/serve.py [CORPUS] [--seconds 60]

The load is made by wrk (Debian: apt-get install wrk), on the same machine, so that both share its processors. The index
and a copy of the corpus are put into a folder that is removed afterwards.
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target/release/digest-search"
CONNECTIONS = 32
PROBE = 0.02


def is_answered(port, target):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", target)
    return connection.getresponse().status == 200


def get(port, target):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", target)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (target, answer.status, body[:200])
    return body


def addresses(port):
    """Returns 200 addresses, the same for the same corpus, with a share of each kind."""
    lot = random.Random(1)
    results = json.loads(get(port, "/api/v1/query?kind=title&sort=newest&limit=1000"))["results"]
    status = json.loads(get(port, "/api/v1/status"))
    texts = [result["text"] for result in results]
    words = sorted({word.lower() for text in texts for word in re.findall(r"[^\W\d_]{4,}", text)})
    sources = sorted({result["source"] for result in results if result["source"]})
    topics = sorted(topic["id"] for topic in status["topics"])

    def some(n):
        return " ".join(lot.choice(words) for _ in range(n))

    def pair():
        found = re.findall(r"[^\W\d_]{3,}", lot.choice(texts))
        at = lot.randrange(max(1, len(found) - 1))
        return " ".join(found[at : at + 2])

    def query(path, text, **more):
        return f"{path}?{urlencode({'q': text, **more})}"

    search = "/api/v1/query"
    kinds = [
        (40, lambda: query(search, some(1))),
        (30, lambda: query(search, pair())),
        (15, lambda: query(search, f'"{pair()}"')),
        (10, lambda: query(search, some(1)[:4] + "*")),
        (10, lambda: query(search, f"{some(1)} OR {some(1)} -{some(1)}")),
        (15, lambda: query(search, some(1), source=lot.choice(sources), sort="newest")),
        (10, lambda: query(search, some(2), any="true", facets="topic,perspective,source", limit=25)),
        (10, lambda: query("/api/v1/count", some(1), by="week,perspective")),
        (30, lambda: query("/", some(1))),
        (10, lambda: query("/", pair(), topic=lot.choice(topics))),
        (10, lambda: "/digest?id=" + lot.choice(results)["id"].split("#")[0]),
        (4, lambda: query("/api/v1/query.atom", some(1))),
        (2, lambda: query("/trend", some(1), topic=lot.choice(topics))),
        (2, lambda: query("/stories", some(1), topic=lot.choice(topics))),
        (2, lambda: query("/compare", some(1), topic=lot.choice(topics))),
    ]
    # Requests that fail, such as a prefix of too many terms, are too cheap.
    def answered(make):
        return next(target for target in iter(make, None) if is_answered(port, target))

    drawn = [answered(make) for share, make in kinds for _ in range(share)]
    lot.shuffle(drawn)
    return drawn


def memory(pid):
    """Returns the memory of the server in MB, without mapped pages of the index."""
    text = Path(f"/proc/{pid}/status").read_text()
    of = lambda name: int(re.search(rf"{name}:\s+(\d+)", text)[1]) / 1024
    return of("RssAnon"), of("RssFile")


class Probe(threading.Thread):
    """Sends a small request repeatedly on one connection; keeps the slowest of each second."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.worst, self.failed, self.ended = port, {}, 0, False

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        begin = time.monotonic()
        while not self.ended:
            at = time.monotonic()
            connection.request("GET", "/api/v1/count?by=topic")
            answer = connection.getresponse()
            answer.read()
            took = time.monotonic() - at
            self.failed += answer.status != 200
            second = int(at - begin)
            self.worst[second] = max(self.worst.get(second, 0), took)
            time.sleep(PROBE)


def load(port, targets, seconds, folder):
    file = Path(folder) / "targets"
    file.write_text("\n".join(targets) + "\n")
    script = ["-s", str(ROOT / "benches/serve.lua"), f"http://127.0.0.1:{port}", "--", str(file)]
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", *script]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    result = next(line for line in out.splitlines() if line.startswith("RESULT"))
    requests, duration, p50, p99, most, bad, failed = map(float, result.split()[1:])
    return {"per second": requests / duration, "p50": p50, "p99": p99, "max": most, "bad": bad, "failed": failed}


def change(corpus, index, n):
    """Changes one digest and updates the index."""
    file = sorted(Path(corpus).rglob("20*.md"))[n]
    file.write_text(file.read_text(encoding="utf-8") + f"\n## Overall Highlights\n\n- Addition number {n}.\n", encoding="utf-8")
    subprocess.run([PROGRAM, "index", corpus, "--index", index], check=True, capture_output=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", nargs="?", default=ROOT / "corpus")
    arguments.add_argument("--seconds", type=int, default=60)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = f"{folder}/corpus", f"{folder}/index"
        shutil.copytree(given.corpus, corpus)
        subprocess.run([PROGRAM, "index", corpus, "--index", index], check=True, capture_output=True)
        serve = [PROGRAM, "serve", "--index", index, "--listen", "127.0.0.1:0"]
        server = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
        try:
            measure(server, corpus, index, given.seconds, folder)
        finally:
            server.terminate()
            server.wait()


def measure(server, corpus, index, seconds, folder):
    port = int(server.stdout.readline().strip().rstrip("/").rsplit(":", 1)[1])
    targets = addresses(port)
    parts = {
        "searches, JSON": [target for target in targets if target.startswith("/api/v1/query?")],
        "the search page": [target for target in targets if target.startswith("/?")],
        "all": targets,
    }
    print("| of the addresses | requests a second | p50 ms | p99 ms | slowest ms | not 200 | failed |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, part in parts.items():
        load(port, part, 2, folder)
        row(name, load(port, part, max(5, seconds // 6), folder))
    probe = Probe(port)
    probe.start()
    samples, indexed = [], []

    def watch():
        begin = time.monotonic()
        for second in range(seconds):
            time.sleep(max(0, begin + second - time.monotonic()))
            samples.append((second, *memory(server.pid)))
            if second % max(1, seconds // 6) == seconds // 12:
                at = time.monotonic()
                change(corpus, index, len(indexed))
                indexed.append((second, time.monotonic() - at))

    watcher = threading.Thread(target=watch)
    watcher.start()
    row("all, with `index` runs", load(port, targets, seconds, folder))
    watcher.join()
    probe.ended = True
    probe.join()
    print(f"\n{len(indexed)} runs of `index`, each with a change, of {max(took for _, took in indexed):.2f} s at most.")
    near = {second + after for second, took in indexed for after in range(int(took) + 2)}
    calm = max(took for second, took in probe.worst.items() if second not in near)
    busy = max(took for second, took in probe.worst.items() if second in near)
    print(f"A small question every {PROBE * 1000:.0f} ms beside: {probe.failed} failed; the slowest took {busy * 1000:.0f} ms")
    print(f"in seconds with an `index` run, {calm * 1000:.0f} ms in others.\n")
    print("| after | own memory MB | of the index MB |\n|--:|--:|--:|")
    for second, own, mapped in samples[:: max(1, seconds // 6)] + samples[-1:]:
        print(f"| {second} s | {own:.1f} | {mapped:.1f} |")


def row(name, of):
    print(
        f"| {name} | {of['per second']:,.0f} | {of['p50']:.1f} | {of['p99']:.1f} | {of['max']:.0f} "
        f"| {of['bad']:.0f} | {of['failed']:.0f} |"
    )


if __name__ == "__main__":
    main()
