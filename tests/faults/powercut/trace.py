"""What a program does to files, call by call, as strace tells it."""

import re
import subprocess
from typing import NamedTuple

CALLS = ("openat,open,creat,write,writev,pwrite64,pwritev,ftruncate,truncate,fallocate,fsync,fdatasync,sync,syncfs,"
         "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,close,lseek,dup,"
         "dup2,dup3,copy_file_range,sendfile")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
FOLDER = re.compile(r"(?:AT_FDCWD|\d+)<([^>]*)>")


class Call(NamedTuple):
    """A call as it begins, or as it ends: then with what it returned."""

    name: str
    text: str
    thread: str
    result: int | None

    def fd(self):
        """The number of the file that it is about."""
        return int(re.match(r"\d+", self.text)[0])

    def bytes(self):
        """What is written."""
        return b"".join(plain(text) for text in STRING.findall(self.text))[: self.result]

    def paths(self):
        """The paths that it names, below the folders that it names them in."""
        folders = iter(FOLDER.findall(self.text))
        for text in STRING.findall(self.text):
            path, folder = plain(text).decode(errors="surrogateescape"), next(folders, "")
            yield path if path.startswith("/") else f"{plain(folder).decode(errors='surrogateescape')}/{path}"

    def last_number(self):
        """Where bytes are written to, or how long a file becomes."""
        return int(re.search(r"(\d+)$", self.text)[1])


def plain(text):
    """The bytes of a text whose bytes are all escaped, or none."""
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()


def record(command, log):
    """Runs a command; what it does to files is in the log."""
    strace = ["strace", "-f", "-y", "-xx", "-s", "100000000", "-e", f"trace={CALLS}", "-o", log]
    subprocess.run([*strace, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def calls(log):
    """The calls in the order in which they began and ended."""
    begun = {}
    for line in open(log):
        thread, text = line.rstrip("\n").split(maxsplit=1)
        if text.endswith("<unfinished ...>"):
            begun[thread] = text.removesuffix("<unfinished ...>").rstrip()
            yield call(begun[thread], thread)
        elif resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", text):
            if thread in begun:
                yield call(begun.pop(thread) + resumed[1], thread)
        elif "(" in text and not text.startswith(("+++", "---")):
            whole = call(text, thread)
            yield whole._replace(result=None)
            yield whole


def call(text, thread):
    """A call; without a result where it has not ended."""
    ended = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)", text)
    if ended:
        return Call(ended[1], ended[2].strip(), thread, int(ended[3]))
    name, arguments = text.split("(", 1)
    return Call(name, arguments, thread, None)
