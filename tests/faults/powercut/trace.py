"""The file system calls of a program, recorded by strace."""

import re
import subprocess
from typing import NamedTuple

CALLS = ("openat,open,creat,write,writev,pwrite64,pwritev,ftruncate,truncate,fallocate,fsync,fdatasync,sync,syncfs,"
         "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,close,lseek,dup,"
         "dup2,dup3,copy_file_range,sendfile")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
FOLDER = re.compile(r"(?:AT_FDCWD|\d+)<([^>]*)>")


class Call(NamedTuple):
    """The start of a call, or its end, with the result."""

    name: str
    text: str
    thread: str
    result: int | None

    def fd(self):
        """Returns the file descriptor."""
        return int(re.match(r"\d+", self.text)[0])

    def bytes(self):
        """Returns the written bytes."""
        return b"".join(plain(text) for text in STRING.findall(self.text))[: self.result]

    def paths(self):
        """Returns the paths of the call, joined with their folders."""
        folders = iter(FOLDER.findall(self.text))
        for text in STRING.findall(self.text):
            path, folder = plain(text).decode(errors="surrogateescape"), next(folders, "")
            yield path if path.startswith("/") else f"{plain(folder).decode(errors='surrogateescape')}/{path}"

    def last_number(self):
        """Returns the last number: an offset or a length."""
        return int(re.search(r"(\d+)$", self.text)[1])


def plain(text):
    """Decodes a text with all bytes escaped, or none."""
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()


def record(command, log):
    """Runs a command and records its calls in the log."""
    strace = ["strace", "-f", "-y", "-xx", "-s", "100000000", "-e", f"trace={CALLS}", "-o", log]
    subprocess.run([*strace, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def calls(log):
    """Returns the starts and ends of calls, in order."""
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
    """Parses a call; without a result if it has not ended."""
    ended = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)", text)
    if ended:
        return Call(ended[1], ended[2].strip(), thread, int(ended[3]))
    name, arguments = text.split("(", 1)
    return Call(name, arguments, thread, None)
