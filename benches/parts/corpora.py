"""Corpora to measure, queries, and changes of a corpus."""

import collections
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = re.compile(r"(\d+)(\. \[.*)", re.S)
WORD = re.compile(r"[a-z]{3,12}")
EVERY_DAY = ("20000101", "20991231")
TWO_MONTHS = ("20251201", "20260131")


def scaled(real, times, drivers, folder):
    """Makes the corpus and `times` - 1 variations of it in `folder`, with its entries for peers. Existing files are kept."""
    corpus = folder / "md"
    if not corpus.exists():
        folder.mkdir(parents=True, exist_ok=True)
        new = folder / "md.new"
        shutil.rmtree(new, ignore_errors=True)
        subprocess.run([sys.executable, drivers / "scale.py", real, new, str(times)], check=True, stdout=sys.stderr)
        new.rename(corpus)
    extracted(corpus, drivers, folder / "units")
    return corpus


def extracted(corpus, drivers, units):
    """Writes the entries of a corpus to `units`.jsonl and .tsv, with an independent parser."""
    if not units.with_suffix(".tsv").exists():
        new = units.with_name("units.new")
        command = [drivers / "extract.py", corpus, f"{new}.jsonl", "--tsv", f"{new}.tsv"]
        subprocess.run([sys.executable, *command], check=True, stderr=subprocess.DEVNULL)
        for kind in ("jsonl", "tsv"):
            Path(f"{new}.{kind}").rename(f"{units}.{kind}")
    return units.with_suffix(".tsv")


def digests(corpus):
    return sorted(corpus.rglob("????-??-??.md"))


def rows(units):
    with open(units, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def fixed_queries(file, sides):
    """Returns the queries of a file; unknown perspectives are replaced by existing ones."""
    queries = [line.split("\t") for line in file.read_text().splitlines() if line]
    for n, query in enumerate(queries):
        if len(query) > 2 and query[2] not in sides:
            query[2] = sides[n % len(sides)]
    return queries


def drawn_queries(units, sides, seed):
    """Returns random queries, as many of each type as the fixed ones, with rare and common words of the corpus."""
    lot = random.Random(seed)
    texts = [WORD.findall(unit[7].lower()) for unit in units]
    count = collections.Counter(word for text in texts for word in set(text))
    levels = [[], [], []]
    for word in sorted(count):
        if count[word] >= 3:
            levels[(count[word] >= 20) + (count[word] >= 200)].append(word)
    # Neighbours among plain words, so that they are adjacent for every tokenizer.
    plain = [unit[7].lower().split(" ") for unit in units if re.fullmatch("[A-Za-z ]+", unit[7])]
    pairs = collections.Counter(pair for words in plain for pair in zip(words, words[1:]))
    phrases = sorted(" ".join(pair) for pair, n in pairs.items() if n >= 3 and all(map(WORD.fullmatch, pair)))
    long = [text for text in texts if len(set(text)) > 8]

    # Prefixes of too many terms are refused, and the largest corpus has about thirty times as many.
    begin = collections.Counter(word[:length] for word in count for length in (3, 4, 5))
    beginnings = sorted({word[:length] for word in levels[2] for length in (3, 4, 5) if begin[word[:length]] <= 20})

    def word(level=None):
        return lot.choice(levels[lot.randrange(3) if level is None else level] or sorted(count))

    kinds = [
        ("term", 50, lambda: [word()]),
        ("and", 35, lambda: [" ".join(lot.sample(sorted(set(lot.choice(long))), 2))]),
        ("or", 35, lambda: [f"{word()} {word()}"]),
        ("phrase", 30, lambda: [lot.choice(phrases)]),
        ("prefix", 20, lambda: [lot.choice(beginnings)]),
        ("filter", 20, lambda: [word(2), lot.choice(sides), *lot.choice((EVERY_DAY, TWO_MONTHS))]),
        ("facet", 10, lambda: [word(2)]),
    ]
    return [[kind, *draw()] for kind, share, draw in kinds for _ in range(share)]


def write_queries(queries, file):
    file.write_text("".join("\t".join(query) + "\n" for query in queries))
    return file


def linked(corpus, folder):
    """Makes a copy of a corpus with hard links; files must be replaced, not written to."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(corpus, folder, copy_function=os.link)
    return folder


def replace(file, text):
    file.unlink()
    file.write_text(text, encoding="utf-8", newline="")


def read(file):
    with open(file, encoding="utf-8", errors="replace", newline="") as text:
        return text.read()


def repeat_titles(corpus, part=0.1):
    """Replaces a part of the titles by the title at the same position in the topic's previous digest."""
    lot, before = random.Random(1), {}
    for file in digests(corpus):
        text, last = read(file).split("\n"), before.setdefault(file.parent, {})
        for n, line in enumerate(text):
            if source := SOURCE.fullmatch(line):
                if source[1] in last and lot.random() < part:
                    text[n] = source[1] + last[source[1]]
                last[source[1]] = SOURCE.fullmatch(text[n])[2]
        replace(file, "\n".join(text))


def with_addition(text, n):
    return f"{text}\n## Overall Highlights\n\n- Addition number {n}.\n"


def replace_some(corpus, every=100):
    for n, file in enumerate(digests(corpus)[::every]):
        replace(file, with_addition(read(file), n))
