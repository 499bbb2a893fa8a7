"""The programs to measure: ours, the bare drivers and the peers, with their build and query commands."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# The programs that each peer needs on the PATH.
NEEDS = {
    "sqlite": ["sqlite3"],
    "xapian": ["g++", "xapian-config"],
    "lucene": ["java", "javac"],
    "groonga": ["groonga"],
    "duckdb": [],
    "seekstorm": ["cargo"],
    "rg": ["rg"],
}
JAVA = "/usr/share/java"


def built_by_cargo(name, *arguments):
    """Builds a program of this project; returns its path."""
    command = ["cargo", *arguments, "--locked", "--message-format=json"]
    lines = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    built = [one for one in map(json.loads, lines) if one.get("executable")]
    return next(one["executable"] for one in built if one["target"]["name"] == name)


class Programs:
    """Builds all programs. `missing` has the reason for each peer that cannot be built."""

    def __init__(self, folder, scratch, peers):
        self.folder, self.scratch, self.missing = folder, scratch, {}
        self.ours = built_by_cargo("digest-search", "build", "--release")
        self.queries = built_by_cargo("queries", "bench", "--bench", "queries", "--no-run")
        self.bare, self.floor = self.driver("raw-tantivy"), self.driver("mdfloor")
        self.peers = [peer for peer in peers if self.has(peer)]

    def driver(self, name):
        """Builds a driver, from a copy, since its folder may be read-only."""
        program = self.scratch / "target/release" / name
        if not program.exists():
            source = self.scratch / "source" / name
            shutil.copytree(self.folder / name, source, dirs_exist_ok=True, ignore=shutil.ignore_patterns("target"))
            more = {**os.environ, "CARGO_TARGET_DIR": str(self.scratch / "target")}
            subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=source, env=more, check=True)
        return program

    def has(self, peer):
        try:
            lacking = [tool for tool in NEEDS[peer] if not shutil.which(tool)]
            assert not lacking, "not installed: " + ", ".join(lacking)
            self.build(peer)
        except (AssertionError, KeyError, subprocess.CalledProcessError) as error:
            self.missing[peer] = str(error)
        return peer not in self.missing

    def build(self, peer):
        """Builds a peer, once in a scratch folder."""
        source = self.folder / "peers"
        if peer == "xapian" and not (self.scratch / "xap").exists():
            flags = ["-O2", "-std=c++17", "-o", self.scratch / "xap"]
            subprocess.run(["g++", *flags, source / "xapian.cc", "-lxapian"], check=True)
        if peer == "lucene":
            jars = [*Path(JAVA).glob("lucene-core-8*.jar"), *Path(JAVA).glob("lucene-analyzers-common-8*.jar")]
            assert jars, "not installed: liblucene8-java"
            self.classes = ":".join(map(str, [self.scratch / "jc", *jars]))
            (self.scratch / "jc").mkdir(exist_ok=True)
            command = ["javac", "-d", self.scratch / "jc", "-cp", self.classes, source / "Luc.java"]
            subprocess.run(command, check=True)
        if peer == "duckdb":
            assert importlib.util.find_spec("duckdb"), "not installed: Python's duckdb"
        if peer == "seekstorm":
            self.seekstorm = self.driver("raw-seekstorm")

    def indexing(self, who, corpus, units, index):
        """Returns the command that makes an index: of Markdown files for ours, of extracted entries for the others."""
        scripts = self.folder / "peers"
        match who:
            case "ours":
                return [self.ours, "index", corpus, "--index", index]
            case "bare":
                return [self.bare, "index", f"{units}.jsonl", index, "--block", "4096"]
            case "sqlite":
                return [sys.executable, scripts / "sqlite_sql.py", "build", f"{units}.tsv", index / "db"]
            case "xapian":
                fewer_flushes = ["env", "XAPIAN_FLUSH_THRESHOLD=200000"]
                return [*fewer_flushes, self.scratch / "xap", "build", f"{units}.tsv", index]
            case "lucene":
                return ["java", "-Xmx2g", "-cp", self.classes, "Luc", "build", f"{units}.tsv", index]
            case "groonga":
                return [sys.executable, scripts / "groonga.py", "build", f"{units}.jsonl", index / "db"]
            case "duckdb":
                return [sys.executable, scripts / "duckdb_fts.py", "build", f"{units}.tsv", index / "db"]
            case "seekstorm":
                return [self.seekstorm, "index", f"{units}.jsonl", index]

    def asking(self, who, index, query, corpus):
        """Returns the command that prints the best ten hits of a query with their texts, or counts; none if unsupported."""
        scripts = self.folder / "peers"
        match who:
            case "ours":
                return [self.ours, "query", *options(query), "--color", "always", "--index", index]
            case "bare":
                return [self.bare, "search", index, *query]
            case "sqlite":
                make = [sys.executable, scripts / "sqlite_sql.py", "sql", *query]
                sql = subprocess.run(make, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
                return ["sqlite3", "-readonly", "-cmd", '.separator "\t"', index / "db", sql]
            case "xapian":
                return [self.scratch / "xap", "search", index, *query]
            case "lucene":
                fast = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"]
                return ["java", *fast, "-cp", self.classes, "Luc", "search", index, *query]
            case "groonga":
                make = [sys.executable, scripts / "groonga.py", "cmd", *query]
                select = subprocess.run(make, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
                return ["groonga", index / "db", select]
            case "duckdb" if query[0] not in ("phrase", "prefix"):
                return [sys.executable, scripts / "duckdb_fts.py", "search", index / "db", *query]
            case "seekstorm" if query[0] != "prefix":
                return [self.seekstorm, "search", index, *query]
            case "rg" if query[0] in ("term", "phrase"):
                return ["rg", "-i", "-w", "--no-heading", query[1], corpus]


def options(query):
    """Returns a query of the list as arguments; benches/queries.rs does the same."""
    words = query[1].split(" ")
    text = {"or": " OR ".join(words), "phrase": f'"{query[1]}"', "prefix": query[1] + "*"}.get(query[0], query[1])
    made = [text]
    if len(query) > 2:
        made += ["--perspective", query[2]]
    for option, day in zip(("--since", "--until"), query[3:]):
        made += [option, f"{day[:4]}-{day[4:6]}-{day[6:]}"]
    if query[0] == "facet":
        made += ["--limit", "0", "--facets", "source,topic,perspective"]
    return made
