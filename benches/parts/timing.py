"""Measures the time and memory of processes in turns, and summarizes."""

import os
import shlex
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

# Exit code 1 is a query without hits.
DONE = (0, 1)


def seconds(command):
    """Returns the wall time of a process; its output is discarded."""
    command = [str(part) for part in command]
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begin = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=quiet)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    took = time.perf_counter() - begin
    assert status in DONE, (status, shlex.join(command))
    return took


def seconds_and_megabytes(command):
    """Returns the wall time and the peak memory by GNU time: a child of Python would count Python's own."""
    with tempfile.NamedTemporaryFile() as told:
        took = seconds(["time", "-q", "-f", "%M", "-o", told.name, *command])
        return took, int(Path(told.name).read_text().split()[-1]) / 1024


def output(command, **more):
    """Returns the stdout of a process."""
    command = [str(part) for part in command]
    done = subprocess.run(command, stdout=subprocess.PIPE, **more)
    assert done.returncode in DONE, (done.returncode, shlex.join(command))
    return done.stdout


def in_turns(rounds, actions):
    """Runs each action once a round, so that lasting noise affects all alike; returns the results by name."""
    results = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            results[name].append(action())
    return results


def medians_in_turns(commands, least, most, budget=1.0):
    """Returns the median time of each command, in turns. A command stops after `budget` seconds and `least` turns."""
    taken = {name: [] for name in commands}
    for turn in range(most + 1):
        for name, command in commands.items():
            if turn <= least or sum(taken[name]) < budget:
                took = seconds(command)
                # The first turn warms caches.
                if turn > 0:
                    taken[name].append(took)
    return {name: statistics.median(times) for name, times in taken.items()}


def forget_pages(folder):
    """Drops the system cache of the files under a folder."""
    for file in files_under(folder):
        handle = os.open(file, os.O_RDONLY)
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)


def read_through(folder):
    """Loads the files under a folder into the system cache."""
    for file in files_under(folder):
        file.read_bytes()


def files_under(folder):
    return [file for file in Path(folder).rglob("*") if file.is_file()]


def megabytes_of(folder):
    return sum(file.stat().st_size for file in files_under(folder)) / 1e6


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
