#!/usr/bin/env python3
"""The built program compared with the bare Tantivy driver and its peers, measured in the same run, in turns.

    python3 benches/whole.py CORPUS --drivers DIR [--sizes 40,200] [--rounds 3] [--peers sqlite,xapian] [--scratch DIR]

Prints tables of ratios with the goals for them, and writes them into benches/README.md unless --print-only. README says
what DIR must contain. A scratch folder is kept: its scaled corpora, drivers and indexes of peers are reused.
"""

import argparse
import datetime
import json
import os
import random
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from parts import corpora
from parts.drivers import NEEDS, ROOT, Programs, options
from parts.tables import Report, write_into
from parts.timing import (
    forget_pages,
    in_turns,
    medians_in_turns,
    megabytes_of,
    output,
    percentile,
    read_through,
    seconds,
    seconds_and_megabytes,
)

CLASSES = ["term", "and", "or", "phrase", "prefix", "filter", "facet"]
ASKED_OF_EACH_CLASS = 5
NO_SLOWER_THAN = ("sqlite", "xapian")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--drivers", type=Path, required=True, metavar="DIR")
    arguments.add_argument("--sizes", default="40,200", help="how many times the corpus")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--peers", default="sqlite,xapian,lucene,groonga,rg", help="of " + ",".join(NEEDS))
    arguments.add_argument("--scratch", type=Path, metavar="DIR", help="a folder that is kept")
    arguments.add_argument("--seed", type=int, help="of the queries that are drawn [default: a new one]")
    arguments.add_argument("--print-only", action="store_true", help="leave benches/README.md as it is")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        scratch = (given.scratch or Path(temporary)).resolve()
        scratch.mkdir(parents=True, exist_ok=True)
        for report in Whole(given, scratch).measure([int(times) for times in given.sizes.split(",")]):
            if not given.print_only:
                write_into(ROOT / "benches/README.md", report.lines)


class Whole:
    """A run: its arguments, built programs and results."""

    def __init__(self, given, scratch):
        self.corpus, self.rounds, self.scratch = given.corpus.resolve(), given.rounds, scratch
        self.drivers, self.report, self.grown = given.drivers.resolve(), Report(), {}
        self.programs = Programs(self.drivers, scratch, [peer for peer in given.peers.split(",") if peer])
        seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
        units = corpora.rows(corpora.extracted(self.corpus, self.drivers, scratch / "real"))
        sides = sorted({unit[3] for unit in units if unit[3]})
        sets = {
            "fixed": corpora.fixed_queries(self.drivers / "queries.txt", sides),
            f"drawn (seed {seed})": corpora.drawn_queries(units, sides, seed),
        }
        self.sets = {name: (queries, corpora.write_queries(queries, scratch / f"queries.{name.split()[0]}"))
                     for name, queries in sets.items()}

    def measure(self, sizes):
        """Measures all sizes; writes the report after each."""
        commit = output(["git", "-C", ROOT, "describe", "--always", "--dirty"], text=True).strip()
        self.report.say(
            f"{datetime.date.today()}, commit {commit}, {os.cpu_count()} processors, {self.rounds} rounds in turns, medians;",
            f"at the start the load was {os.getloadavg()[0]:.1f}. Bold is over the goal.",
        )
        for peer, why in self.programs.missing.items():
            self.report.say(f"Left out: {peer} ({why}).")
        for times in sizes:
            self.measure_size(times, with_variants=times == sizes[0])
            yield self.report
        if len(sizes) > 1:
            self.growth(sizes[0], sizes[-1])
        self.report.say("", f"{self.report.over} of {self.report.held} figures are over their goal.")
        yield self.report

    def measure_size(self, times, with_variants):
        folder = self.scratch / f"x{times}"
        self.md = corpora.scaled(self.corpus, times, self.drivers, folder)
        self.units, self.index = folder / "units", {}
        for who in ("ours", "bare", *self.programs.peers):
            self.index[who] = folder / f"ix.{who}"
        read_through(self.md)
        self.files = len(corpora.digests(self.md))
        units = sum(1 for _ in open(f"{self.units}.tsv", "rb"))
        self.report.say("", f"### {self.files:,} digests, {units:,} units")
        self.indexing(times)
        self.peers_indexes()
        variants = self.variants(folder) if with_variants else {}
        for name, (queries, file) in self.sets.items():
            self.one_shot(name, queries)
            self.in_process(times, name, file, variants)
        self.everything_counted()
        self.cold()
        self.answers_compared()
        for index in variants.values():
            shutil.rmtree(index.parent)

    def first_index(self, who):
        shutil.rmtree(self.index[who], ignore_errors=True)
        if who != "ours":
            self.index[who].mkdir()
        return seconds_and_megabytes(self.programs.indexing(who, self.md, self.units, self.index[who]))

    def indexing(self, times):
        made = in_turns(self.rounds, {who: lambda who=who: self.first_index(who) for who in ("bare", "ours")})
        (bare, bare_mb), (ours, ours_mb) = (map(statistics.median, zip(*made[who])) for who in ("bare", "ours"))
        again = [self.programs.ours, "index", self.md, "--index", self.index["ours"]]
        seconds(again)
        changes = corpora.digests(self.md)[self.files // 2]
        text = corpora.read(changes)
        count = iter(range(self.rounds * 5))

        def changed():
            corpora.replace(changes, corpora.with_addition(text, next(count)))
            return seconds(again)

        try:
            stat = lambda: seconds([self.programs.floor, "stat", self.md, "2"])
            taken = in_turns(self.rounds * 5, {"stat": stat, "unchanged": lambda: seconds(again), "changed": changed})
        finally:
            corpora.replace(changes, text)
        seconds(again)
        stat, unchanged, changed = (statistics.median(taken[what]) for what in ("stat", "unchanged", "changed"))
        sizes = {who: megabytes_of(self.index[who]) for who in ("ours", "bare")}
        say = self.report
        say.head("index", "ours", "beside it", "ratio", "goal")
        say.row("first, from Markdown; driver, from units", f"{ours:.2f} s", f"{bare:.2f} s", say.ratio(ours, bare, 1.5), "1.5 x")
        say.row("its peak memory; driver", say.figure(ours_mb, "{:.0f} MB", 600), f"{bare_mb:.0f} MB",
                say.ratio(ours_mb, bare_mb), "600 MB at 91,000 digests")
        say.row("its size; driver", f"{sizes['ours']:.1f} MB", f"{sizes['bare']:.1f} MB",
                say.ratio(sizes["ours"], sizes["bare"], 1.6), "1.6 x")
        say.row("again, nothing changed; `stat` of all files, two threads", f"{unchanged * 1e3:.1f} ms",
                f"{stat * 1e3:.1f} ms", say.ratio(unchanged, stat, 3), "3 x")
        bound = 3 * stat + 0.150
        say.row("again, one digest changed; 3 x `stat` and 150 ms", f"{changed * 1e3:.1f} ms", f"{bound * 1e3:.1f} ms",
                say.ratio(changed, bound, 1), "1 x")
        self.grown[times] = {"first index": (ours, bare), "index size": (sizes["ours"], sizes["bare"])}

    def peers_indexes(self):
        """Makes missing indexes of peers, once and not in turns; the times are informational."""
        for who in [peer for peer in self.programs.peers if peer != "rg"]:
            if not self.index[who].exists():
                took, mb = self.first_index(who)
                self.report.say("", f"{who}'s index, made once: {took:.1f} s, {mb:.0f} MB of memory.")

    def variants(self, folder):
        """Makes indexes of a corpus with repeated titles, and of one with replaced digests."""
        repeating = corpora.linked(self.md, folder / "repeating/md")
        corpora.repeat_titles(repeating)
        replaced = corpora.linked(self.md, folder / "replaced/md")
        made = {"a tenth repeated": repeating.with_name("ix"), "1% replaced": replaced.with_name("ix")}
        for corpus, index in zip((repeating, replaced), made.values()):
            shutil.rmtree(index, ignore_errors=True)
            seconds([self.programs.ours, "index", corpus, "--index", index])
        corpora.replace_some(replaced)
        seconds([self.programs.ours, "index", replaced, "--index", made["1% replaced"]])
        return made

    def one_shot(self, name, queries):
        who = [peer for peer in self.index if peer not in ("ours", "bare")]
        limits = {"bare": 2.0, **{peer: 1.0 for peer in NO_SLOWER_THAN}}
        self.report.head(f"one process a query, {name}", "ours ms", "driver ms", "to driver (2 x)",
                         *(f"to {peer}" + (" (1 x)" if peer in limits else "") for peer in who))
        most = 0
        for kind in CLASSES:
            times = {}
            for query in [query for query in queries if query[0] == kind][:ASKED_OF_EACH_CLASS]:
                asked = {peer: self.programs.asking(peer, self.index[peer], query, self.md) for peer in self.index}
                taken = medians_in_turns({peer: command for peer, command in asked.items() if command},
                                         self.rounds, self.rounds * 5)
                for peer, took in taken.items():
                    times.setdefault(peer, []).append(took * 1e3)
                most = max(most, seconds_and_megabytes(asked["ours"])[1])
            took = {peer: statistics.median(of) for peer, of in times.items()}
            ratios = [self.report.ratio(took["ours"], took.get(peer), limits.get(peer)) for peer in ("bare", *who)]
            self.report.row(kind, f"{took['ours']:.2f}", f"{took['bare']:.2f}", *ratios)
        memory = self.report.figure(most, "{:.1f} MB", 40 if self.files < 20_000 else None)
        self.report.say("", f"The most memory one of these took: {memory} (goal: 40 MB at 18,000 digests).")

    def in_process(self, times, name, file, variants):
        ours, bare = self.programs.queries, self.programs.bare
        commands = {
            "ours": [ours, self.index["ours"], file],
            "driver": [bare, "bench", self.index["bare"], file],
            "whole": [bare, "bench", self.index["bare"], file, "--exact", "1"],
            "as written": [ours, self.index["ours"], file, "--exact"],
            **{name: [ours, index, file] for name, index in variants.items()},
        }
        if "lucene" in self.index:
            java = ["java", "-Xmx2g", "-cp", self.programs.classes, "Luc"]
            commands["lucene"] = [*java, "bench", self.index["lucene"], file]
        runs = in_turns(self.rounds, {who: lambda c=c: json.loads(output(c))["us"] for who, c in commands.items()})
        # The median of the rounds for each query.
        us = {who: [statistics.median(took) for took in zip(*([t for _, t in run] for run in of))]
              for who, of in runs.items()}
        kinds = [kind for kind, _ in runs["ours"][0]]
        for part, told in ((0.5, "p50"), (0.99, "p99")):
            self.report.head(f"{told} in process, {name}", "ours µs", "driver µs", "to driver, ten best",
                             "to driver, whole answer (3 x)", "words as written (3 x)", *(f"{v} (3 x)" for v in variants),
                             *(["to Lucene"] if "lucene" in us else []))
            for kind in CLASSES:
                of = {who: percentile([t for k, t in zip(kinds, each) if k == kind], part) for who, each in us.items()}
                ratios = [self.report.ratio(of["ours"], of["driver"])]
                ratios += [self.report.ratio(of[who], of["whole"], 3) for who in ("ours", "as written", *variants)]
                ratios += [self.report.ratio(of["ours"], of["lucene"])] if "lucene" in us else []
                self.report.row(kind, f"{of['ours']:.0f}", f"{of['driver']:.0f}", *ratios)
                if part == 0.5 and name == "fixed":
                    self.grown[times][f"p50 {kind}"] = (of["ours"], of["whole"])

    def everything_counted(self):
        """Measures counts over all entries. The driver has facets of queries only: those of a frequent word are compared."""
        facet, count = ["facet", "the"], self.scratch / "queries.count"
        count.write_text("count\t\n")
        facets = corpora.write_queries([facet], self.scratch / "queries.facet")
        one = {
            "ours": [self.programs.ours, "count", "--by", "source,month", "--index", self.index["ours"]],
            "bare": self.programs.asking("bare", self.index["bare"], facet, self.md),
        }
        # A century of months has more counts than the program returns.
        if subprocess.run(one["ours"], capture_output=True).returncode != 0:
            self.report.say("", "`count --by source,month` of all units: refused, there are too many.")
            return
        many = {"ours": [self.programs.queries, self.index["ours"], count],
                "bare": [self.programs.bare, "bench", self.index["bare"], facets]}
        runs = in_turns(self.rounds, {who: lambda c=c: json.loads(output(c))["us"][0][1] / 1e6 for who, c in many.items()})
        self.report.head("`count --by source,month` of all units; driver's facets of `the`", "ours ms", "driver ms", "ratio")
        for where, took in (("one process", medians_in_turns(one, self.rounds, self.rounds * 5)),
                            ("in process", {who: statistics.median(of) for who, of in runs.items()})):
            self.report.row(where, f"{took['ours'] * 1e3:.2f}", f"{took['bare'] * 1e3:.2f}",
                            self.report.ratio(took["ours"], took["bare"]))

    def cold(self):
        """Measures the first query after the system dropped its cache of an index."""
        who = [peer for peer in ("ours", "bare", "xapian") if peer in self.index]
        asked = [query for query in self.sets["fixed"][0] if query[0] == "term"][:3]

        def first(peer, query):
            forget_pages(self.index[peer])
            return seconds(self.programs.asking(peer, self.index[peer], query, self.md)) * 1e3

        self.report.head("nothing cached, one process", "ours ms", "driver ms", "to driver (1.5 x)", "to xapian")
        for query in asked:
            taken = in_turns(self.rounds + 2, {peer: lambda p=peer: first(p, query) for peer in who})
            took = {peer: statistics.median(of) for peer, of in taken.items()}
            self.report.row(f"term {query[1]}", f"{took['ours']:.1f}", f"{took['bare']:.1f}",
                            self.report.ratio(took["ours"], took["bare"], 1.5),
                            self.report.ratio(took["ours"], took.get("xapian")))

    def answers_compared(self):
        """Checks that answers in process equal those of the program, byte for byte."""
        differ, compared, hashes = 0, 0, []
        for queries, file in self.sets.values():
            answers = self.scratch / "answers"
            told = json.loads(output([self.programs.queries, self.index["ours"], file, "--passes", "1", "--answers", answers]))
            hashes.append(told["hash"])
            with open(answers, "rb") as all_of_them:
                for query, length in zip(queries, told["bytes"]):
                    command = [self.programs.ours, "query", *options(query), "--index", self.index["ours"]]
                    same = output(command, env={**os.environ, "COLUMNS": "80"}) == all_of_them.read(length)
                    differ, compared = differ + (not same), compared + 1
        told = self.report.figure(differ, "{}", 0)
        self.report.say("", f"Of {compared} answers in process {told} differ from the program's (XXH3 {', '.join(hashes)}).")

    def growth(self, small, large):
        units = {times: sum(1 for _ in open(self.scratch / f"x{times}/units.tsv", "rb")) for times in (small, large)}
        self.report.say("", f"### From {units[small]:,} to {units[large]:,} units: {units[large] / units[small]:.1f} x")
        self.report.head("grows", "ours", "driver, whole answer")
        for what, before in self.grown[small].items():
            after = self.grown[large][what]
            self.report.row(what, *(self.report.ratio(a, b) for a, b in zip(after, before)))


if __name__ == "__main__":
    main()
