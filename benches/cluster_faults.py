"""Kill each of three nodes in turn while an index in their cluster is made, updated and rebuilt, and while it is read.

    python3 benches/cluster_faults.py PROGRAM CORPUS 'COMMAND' PORT...

PROGRAM is the binary, CORPUS a folder of digests. COMMAND starts a node in the foreground, with {i} for its number from 1;
the ports are those on which the nodes answer, one a node. Every answer of four readers must be that of the embedded
index of the same state: the one before a run or the one after it. Errors are counted, and so is the time of the slowest
answer. Exit code 1 if an answer was wrong or the last state is.
"""
import collections, json, os, pathlib, random, shutil, signal, subprocess, sys, tempfile, threading, time, urllib.request

PROGRAM, CORPUS, COMMAND, *PORTS = sys.argv[1:]
QUESTIONS = [
    ["count", "--by", "source", "--by", "week"],
    ["query", "the", "--limit", "20"],
    ["query", '"in the"', "--sort", "newest", "--limit", "5"],
]
READERS = 4
KILLS = 9
BASE = pathlib.Path(tempfile.mkdtemp(prefix="cluster-faults-"))
ADDRESS = ",".join(f"http://127.0.0.1:{port}" for port in PORTS) + "/faults"
LOCAL, TREE = str(BASE / "index"), BASE / "corpus"
STARTED = time.time()


def say(text):
    print(f"{time.time() - STARTED:6.1f} s  {text}", flush=True)


def run(index, *args):
    return subprocess.run([PROGRAM, "--index", index, *args], capture_output=True, text=True)


def ask(index, question):
    """Returns the answer without what two runs of the same state may differ in, or None and the error."""
    answered = run(index, *question, "--format", "json")
    if answered.returncode not in (0, 1):
        return None, answered.stderr
    answer = json.loads(answered.stdout)
    for key in ("index", "as_of", "took_ms"):
        answer.pop(key, None)
    return json.dumps(answer, sort_keys=True), answered.stderr


class Nodes:
    def __init__(self):
        self.processes = {}

    def start(self, i):
        log = open(BASE / f"n{i}.log", "a")
        self.processes[i] = subprocess.Popen(
            COMMAND.format(i=i), shell=True, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
        )

    def kill(self, i):
        os.killpg(self.processes[i].pid, signal.SIGKILL)
        self.processes[i].wait()

    def wait(self, limit=180):
        end = time.time() + limit
        while time.time() < end and all(node.poll() is None for node in self.processes.values()):
            try:
                wanted = f"wait_for_status=green&wait_for_nodes={len(PORTS)}&timeout=5s"
                url = f"http://127.0.0.1:{random.choice(PORTS)}/_cluster/health?{wanted}"
                if not json.load(urllib.request.urlopen(url, timeout=10))["timed_out"]:
                    return
            except OSError:
                pass
            time.sleep(0.3)
        log = (BASE / "n1.log").read_text()[-2000:]
        raise SystemExit(f"the nodes do not form a cluster; the log of the first ends with\n{log}")


class Readers:
    """Readers that compare every answer with the states that are valid while it was asked for."""

    def __init__(self):
        self.lock, self.stopped = threading.Lock(), threading.Event()
        # The lists of states that were valid, in turn.
        self.valid = []
        self.answers = self.slowest = 0
        self.errors, self.wrong = collections.Counter(), []
        self.threads = [threading.Thread(target=self.read) for _ in range(READERS)]

    def read(self):
        while not self.stopped.is_set():
            at = random.randrange(len(QUESTIONS))
            with self.lock:
                first = len(self.valid) - 1
            started = time.time()
            answer, error = ask(ADDRESS, QUESTIONS[at])
            took = time.time() - started
            with self.lock:
                expected = {state[at] for states in self.valid[first:] for state in states}
                self.answers += 1
                self.slowest = max(self.slowest, took)
                if answer is None:
                    self.errors[error.strip().splitlines()[0][:200]] += 1
                    say(f"error after {took:.1f} s: {error.strip()[:300]}")
                elif answer not in expected:
                    self.wrong.append((QUESTIONS[at], answer[:300]))
                    say(f"WRONG: {QUESTIONS[at]}")

    def allow(self, states):
        with self.lock:
            self.valid.append(states)


def state():
    return [ask(LOCAL, question)[0] for question in QUESTIONS]


def edit(number):
    """Changes some digests, removes and restores others."""
    files = sorted(TREE.rglob("20*.md"))
    for file in random.sample(files, min(len(files), 6)):
        hidden = file.with_suffix(".hidden")
        if random.random() < 0.2:
            file.rename(hidden)
            continue
        file.write_text(file.read_text().replace(" the ", f" the word{number} ", 1 + number % 3))
    for hidden in sorted(TREE.rglob("*.hidden")):
        if random.random() < 0.4:
            hidden.rename(hidden.with_suffix(".md"))


def main():
    random.seed(1)
    shutil.copytree(CORPUS, TREE)
    nodes, readers = Nodes(), Readers()
    numbers = range(1, len(PORTS) + 1)
    index = ["index", str(TREE), "--allow-shrink", "--quiet"]
    outcomes, killed = collections.Counter(), collections.Counter()
    current, over = ["first index"], threading.Event()
    try:
        for i in numbers:
            nodes.start(i)
        nodes.wait()
        say("the nodes form a cluster")

        def killer():
            while True:
                for i in random.sample(numbers, len(numbers)):
                    if over.wait(random.uniform(0.2, 4)):
                        return
                    nodes.kill(i)
                    killed[current[0]] += 1
                    say(f"killed node {i} during: {current[0]}")
                    over.wait(random.uniform(2, 8))
                    nodes.start(i)
                    nodes.wait()

        def write(what, *options):
            """Runs until the state is that of the embedded index."""
            run(LOCAL, *index)
            new = state()
            with readers.lock:
                old = readers.valid[-1]
            readers.allow(old + [new])
            current[0] = what
            for attempt in range(1, 20):
                started = time.time()
                done = run(ADDRESS, *index, *(["--shards", "3"] if what == "first index" else []), *options)
                outcomes[f"{what}: exit {done.returncode}"] += 1
                if done.returncode == 0:
                    break
                say(f"{what}, attempt {attempt}, {time.time() - started:.1f} s: {done.stderr.strip()[-400:]}")
            readers.allow([new])

        run(LOCAL, *index)
        readers.allow([state()])
        killing = threading.Thread(target=killer)
        killing.start()
        write("first index")
        for thread in readers.threads:
            thread.start()
        number, slowest_run = 0, 0.0
        while sum(killed.values()) < KILLS or len(killed) < 3 or number < 8:
            number += 1
            edit(number)
            started = time.time()
            write("rebuild", "--rebuild") if number % 4 == 0 else write("update")
            slowest_run = max(slowest_run, time.time() - started)
        over.set()
        killing.join()
        nodes.wait()
        readers.stopped.set()
        for thread in readers.threads:
            thread.join()
        is_right = [ask(ADDRESS, question)[0] for question in QUESTIONS] == state()
        say(f"{dict(killed)} nodes killed; runs: {dict(outcomes)}, slowest {slowest_run:.1f} s")
        errors = sum(readers.errors.values())
        say(f"{readers.answers} answers, {len(readers.wrong)} wrong, {errors} errors, slowest {readers.slowest:.1f} s")
        say(f"errors: {dict(readers.errors)}; last state {'right' if is_right else 'WRONG'}")
        return 0 if is_right and not readers.wrong else 1
    finally:
        over.set()
        readers.stopped.set()
        for i in list(nodes.processes):
            try:
                nodes.kill(i)
            except ProcessLookupError:
                pass
        shutil.rmtree(BASE, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
