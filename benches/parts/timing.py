"""Takes the time and the memory of processes, in turns, and puts figures together."""

import os
import shlex
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

# Exit code 1 is a query that found nothing.
DONE = (0, 1)


def seconds(command):
    """How long a process takes, from its start to its end; what it writes is thrown away."""
    command = [str(part) for part in command]
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begin = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=quiet)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    took = time.perf_counter() - begin
    assert status in DONE, (status, shlex.join(command))
    return took


def seconds_and_megabytes(command):
    """The same with the process's peak memory, as GNU time tells it: a child of Python's would count Python's own."""
    with tempfile.NamedTemporaryFile() as told:
        took = seconds(["time", "-q", "-f", "%M", "-o", told.name, *command])
        return took, int(Path(told.name).read_text().split()[-1]) / 1024


def output(command, **more):
    """What a process writes to stdout."""
    command = [str(part) for part in command]
    done = subprocess.run(command, stdout=subprocess.PIPE, **more)
    assert done.returncode in DONE, (done.returncode, shlex.join(command))
    return done.stdout


def in_turns(rounds, actions):
    """Does each action once a round; what each gave in all rounds, by name. So noise that lasts meets all alike."""
    results = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            results[name].append(action())
    return results


def medians_in_turns(commands, least, most, budget=1.0):
    """The median time of each command in turns. One that has had `budget` seconds and `least` turns has no more."""
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
    """Has the system drop its cache of the files under a folder."""
    for file in files_under(folder):
        handle = os.open(file, os.O_RDONLY)
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)


def read_through(folder):
    """Has the system cache the files under a folder."""
    for file in files_under(folder):
        file.read_bytes()


def files_under(folder):
    return [file for file in Path(folder).rglob("*") if file.is_file()]


def megabytes_of(folder):
    return sum(file.stat().st_size for file in files_under(folder)) / 1e6


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
