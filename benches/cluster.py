#!/usr/bin/env python3
"""Compares an index in an OpenSearch cluster with one in a folder, and with plain BM25 of the same OpenSearch.

    python3 benches/cluster.py PROGRAM http://127.0.0.1:9200 CORPUS QUERIES [--shards N]

QUERIES has a query a line: its class, its words, and for `filter` a perspective and two days (2026-01-31), separated by
tabs. The classes are term, and, or, phrase, prefix, filter and facet. Questions go through `serve`, so that the program
starts once; plain BM25 is asked directly, for a page of ten and exact totals. Indices of the cluster are removed at the end.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

PASSES = 5
PORTS = (7461, 7462)
NAME = "digest-search-benchmark"
PLAIN = "digest-search-benchmark-plain"
KEYWORDS = ("topic", "perspective", "source")


class Cluster:
    def __init__(self, address):
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=600)

    def __call__(self, method, path, body=None, lines=False):
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        kind = "application/x-ndjson" if lines else "application/json"
        self.connection.request(method, path, data, {"content-type": kind})
        answer = self.connection.getresponse()
        found = json.loads(answer.read())
        assert answer.status < 300 or answer.status == 404, (path, found)
        return found


def run(command):
    """Runs a command; returns its seconds and maximum memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def entries(program, index):
    command = [program, "--index", index, "--format", "jsonl", "query", "--limit", "all", "--all-copies"]
    return [json.loads(line) for line in subprocess.run(command, check=True, capture_output=True).stdout.splitlines()]


def load_plain(cluster, found, shards):
    keyword = {"type": "keyword"}
    fields = {"text": {"type": "text"}, "date": {"type": "date"}, **{field: keyword for field in KEYWORDS}}
    settings = {"number_of_shards": shards, "number_of_replicas": 0, "refresh_interval": "-1"}
    cluster("PUT", f"/{PLAIN}", {"settings": settings, "mappings": {"properties": fields}})
    for at in range(0, len(found), 5000):
        lines = []
        for entry in found[at : at + 5000]:
            lines += [{"index": {}}, {field: entry.get(field) for field in fields}]
        body = "".join(json.dumps(line) + "\n" for line in lines).encode()
        assert not cluster("POST", f"/{PLAIN}/_bulk?filter_path=errors", body, lines=True)["errors"]
    cluster("POST", f"/{PLAIN}/_refresh")


def clear(cluster):
    """Removes all indices of the benchmark."""
    names = ",".join(index["index"] for index in cluster("GET", f"/_cat/indices/{NAME}*?format=json"))
    if names:
        cluster("DELETE", f"/{names}")


def plain(kind, words, more):
    """Returns the search of plain BM25 for a query."""
    match = {"match": {"text": {"query": words, "operator": "or" if kind == "or" else "and"}}}
    if kind == "phrase":
        match = {"match_phrase": {"text": words}}
    if kind == "prefix":
        match = {"prefix": {"text": {"value": words, "rewrite": "scoring_boolean"}}}
    query = {"bool": {"must": [match]}}
    if kind == "filter":
        perspective, first, last = more
        query["bool"]["filter"] = [{"term": {"perspective": perspective}}, {"range": {"date": {"gte": first, "lte": last}}}]
    search = {"size": 10, "track_total_hits": True, "query": query}
    if kind == "facet":
        search["aggs"] = {field: {"terms": {"field": field, "size": 10000}} for field in KEYWORDS}
    return search


def target(kind, words, more):
    """Returns the address of a query in `serve`."""
    if kind == "or":
        words = " OR ".join(words.split())
    values = {"q": {"phrase": f'"{words}"', "prefix": f"{words}*"}.get(kind, words), "limit": 10}
    if kind == "filter":
        values.update(perspective=more[0], since=more[1], until=more[2])
    if kind == "facet":
        values["facets"] = ",".join(KEYWORDS)
    return f"/api/v1/query?{urlencode(values)}"


def times(ask, queries):
    """Returns the median milliseconds of each query."""
    found = {}
    for number in range(PASSES + 1):
        for at, query in enumerate(queries):
            start = time.perf_counter()
            ask(query)
            # The first pass warms.
            if number:
                found.setdefault(at, []).append((time.perf_counter() - start) * 1e3)
    return [statistics.median(found[at]) for at in range(len(queries))]


def serve(program, index, port):
    server = subprocess.Popen([program, "--index", index, "serve", "--listen", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for _ in range(200):
        try:
            connection.connect()
            break
        except OSError:
            time.sleep(0.05)

    def ask(query):
        connection.request("GET", target(*query))
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status in (200, 400, 404), (query, body[:300])
        return body

    return server, ask


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("program", "address", "corpus", "queries"):
        arguments.add_argument(name)
    arguments.add_argument("--shards", default="1")
    given = arguments.parse_args()
    cluster, remote = Cluster(given.address), f"{given.address}/{NAME}"
    clear(cluster)
    queries = [line.split("\t") for line in Path(given.queries).read_text().splitlines()]
    queries = [(kind, words, more) for kind, words, *more in queries]
    with tempfile.TemporaryDirectory() as folder:
        local = f"{folder}/index"
        run([given.program, "--index", local, "index", given.corpus])
        options = ["--shards", given.shards, "--replicas", "0"]
        for name, more in (("first index", []), ("rebuild", ["--rebuild"])):
            seconds, memory = run([given.program, "--index", remote, "index", given.corpus, *options, *more])
            count = json.loads(subprocess.run([given.program, "--index", local, "--format", "json", "status"], check=True, capture_output=True).stdout)["entries"]["total"]
            print(f"{name}: {count:,} entries in {seconds:.1f} s, {count / seconds:,.0f} a second, {memory:.0f} MB of memory")
        head = cluster("GET", f"/{NAME}/_doc/head")["_source"]
        size = cluster("GET", f"/{NAME}-entries-{head['stamp']}/_stats/store")["_all"]["primaries"]["store"]["size_in_bytes"]
        print(f"{size / count:.0f} bytes an entry")
        load_plain(cluster, entries(given.program, local), int(given.shards))
        servers = [serve(given.program, index, port) for index, port in zip((local, remote), PORTS)]
        ways = {
            "folder": servers[0][1],
            "cluster": servers[1][1],
            "plain BM25": lambda query: cluster("POST", f"/{PLAIN}/_search", plain(*query)),
        }
        try:
            # Queries may name a perspective that the corpus does not have.
            queries = [query for query in queries if b"unknown_value" not in ways["folder"](query)]
            first = []
            for query in queries:
                expected = json.loads(ways["folder"](query)).get("results")
                start = time.perf_counter()
                answer = json.loads(ways["cluster"](query))
                first.append((time.perf_counter() - start) * 1e3)
                assert answer.get("results") == expected, query
            found = {name: times(ask, queries) for name, ask in ways.items()}
        finally:
            for server, _ in servers:
                server.terminate()
    print("\n| class | queries | " + " | ".join(f"{name} p50 | p99" for name in ways) + " | cluster, new words p50 |")
    print("|---|--:" + "|--:|--:" * len(ways) + "|--:|")
    for kind in dict.fromkeys(kind for kind, *_ in queries):
        at = [number for number, query in enumerate(queries) if query[0] == kind]
        cells = []
        for name in ways:
            values = sorted(found[name][number] for number in at)
            cells += [f"{statistics.median(values):.1f}", f"{values[min(len(values) - 1, int(len(values) * 0.99))]:.1f}"]
        cells.append(f"{statistics.median(first[number] for number in at):.1f}")
        print(f"| {kind} | {len(at)} | " + " | ".join(cells) + " |")
    clear(cluster)


if __name__ == "__main__":
    main()
