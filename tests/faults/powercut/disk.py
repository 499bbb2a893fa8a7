"""A model of a disk with power failures: synced data is present, and of the rest any part may be.

The model of ALICE (Pillai and others, OSDI 2014): the bytes of a file are durable once the file was synced, its name once
its folder was. Until then each write and each change of a name may have reached the disk or not, in any order.
"""

import os


class File:
    """The bytes of a file, the synced bytes, and the writes since."""

    def __init__(self, data=b""):
        self.data, self.sure, self.writes = bytearray(data), bytes(data), []

    def write(self, at, data):
        """Writes bytes."""
        put(self.data, at, data)
        self.writes.append((at, data))

    def cut(self, length):
        """Sets the length."""
        resize(self.data, length)
        self.writes.append((length, None))

    def after(self, writes):
        """Returns the content if these writes reached the disk."""
        data = bytearray(self.sure)
        for at, written in writes:
            resize(data, at) if written is None else put(data, at, written)
        return bytes(data)


class Folder:
    """The entries of a folder, and the synced entries."""

    def __init__(self):
        self.entries, self.sure = {}, {}


def put(data, at, written):
    """Writes bytes into others."""
    data.extend(bytes(max(0, at - len(data))))
    data[at : at + len(written)] = written


def resize(data, length):
    """Truncates bytes, or pads them with zeros."""
    del data[length:]
    data.extend(bytes(length - len(data)))


class Disk:
    """The files and folders below one folder."""

    def __init__(self, root):
        self.root, self.top = root, load(root)
        self.open, self.syncing = {}, {}
        # Changes of names that may not be on the disk yet: each a list of (folder, name, new entry).
        self.changes = []

    def find(self, path):
        """Returns the entry at a path; none outside of the folder or without an entry."""
        found = self.top if path == self.root else None
        if path.startswith(self.root + "/"):
            found = self.top
            for name in path[len(self.root) + 1 :].split("/"):
                found = found.entries.get(name) if isinstance(found, Folder) else None
        return found

    def change(self, *changes):
        """Changes names, all at once."""
        changes = [(self.find(os.path.dirname(path)), os.path.basename(path), there) for path, there in changes]
        if any(folder is None for folder, _, _ in changes):
            return False
        self.changes.append(changes)
        enter(changes, lambda folder: folder.entries)
        return True

    def apply(self, call):
        """Applies a call. Returns whether it changed the possible states."""
        name, result = call.name, call.result
        if result is None:
            return self.begin(call)
        if result < 0:
            return False
        if name in ("open", "openat", "creat"):
            return self.opened(call)
        if name in ("rename", "renameat", "renameat2"):
            old, new = call.paths()
            return self.change((old, None), (new, self.find(old))) if self.find(old) else False
        if name in ("unlink", "unlinkat", "rmdir"):
            return self.change((next(call.paths()), None))
        if name in ("mkdir", "mkdirat"):
            return self.change((next(call.paths()), Folder()))
        if name in ("fsync", "fdatasync"):
            return self.synced(self.syncing.pop(call.thread, None))
        if name in ("close", "truncate", "link", "linkat", "symlink", "symlinkat", "sync", "syncfs"):
            assert name == "close" or not any(map(self.find, call.paths())), f"{name} is not understood"
            return False
        file, is_appending, at = self.open.get(call.fd(), (None, False, 0))
        if not isinstance(file, File):
            return False
        if name == "lseek":
            self.open[call.fd()] = file, is_appending, result
            return False
        if name == "ftruncate":
            file.cut(call.last_number())
        elif name in ("write", "writev"):
            file.write(len(file.data) if is_appending else at, call.bytes())
            self.open[call.fd()] = file, is_appending, at + result
        else:
            assert name == "pwrite64", f"{name} is not understood"
            file.write(call.last_number(), call.bytes())
        return True

    def begin(self, call):
        """Handles the start of a call: a sync covers the data of that moment; a closed descriptor is free at once."""
        if call.name == "close":
            self.open.pop(call.fd(), None)
        if call.name in ("fsync", "fdatasync") and call.fd() in self.open:
            there = self.open[call.fd()][0]
            self.syncing[call.thread] = there, bytes(getattr(there, "data", b"")), len(getattr(there, "writes", [])), len(
                self.changes)
        return False

    def opened(self, call):
        """Handles an opened file or folder, which may have been created or truncated."""
        path, before = next(call.paths()), self.find(next(call.paths()))
        self.open.pop(call.result, None)
        is_made = before is None and "O_CREAT" in call.text and self.change((path, File()))
        there = self.find(path)
        if there is None:
            return False
        self.open[call.result] = there, "O_APPEND" in call.text, 0
        if before and "O_TRUNC" in call.text and there.data:
            there.cut(0)
            return True
        return is_made

    def synced(self, begun):
        """Marks the bytes of a file, or the entries of a folder, as synced."""
        if begun is None:
            return False
        there, data, writes, changes = begun
        if isinstance(there, File):
            there.sure, there.writes = data, there.writes[writes:]
            return True
        sure = [change for change in self.changes[:changes] if any(folder is there for folder, _, _ in change)]
        for change in sure:
            enter(change, lambda folder: folder.sure)
        self.changes = [change for change in self.changes if change not in sure]
        return True

    def states(self, random, times):
        """Returns possible states if the power fails now: the synced data, all data, all names without bytes, and a number of
        random parts."""
        yield "sure", self.tree([], lambda file: file.sure)
        yield "all", self.tree(self.changes, lambda file: bytes(file.data))
        yield "names", self.tree(self.changes, lambda file: file.sure)
        for _ in range(times):
            some = self.changes[: random.randint(0, len(self.changes))]
            yield "first", self.tree(some, lambda file: file.after(file.writes[: random.randint(0, len(file.writes))]))
            some = [change for change in self.changes if random.random() < 0.5]
            yield "some", self.tree(some, lambda file: file.after(parts(file.writes, random)))

    def tree(self, changes, data):
        """Returns the bytes of each file, and none for each folder, by path."""
        entries = {}
        below(self.top, lambda folder: entries.setdefault(id(folder), dict(folder.sure)))
        for change in changes:
            enter(change, lambda folder: entries.setdefault(id(folder), dict(folder.sure)))
        tree, waiting = {}, [("", self.top)]
        while waiting:
            path, folder = waiting.pop()
            for name, there in entries.get(id(folder), folder.sure).items():
                if isinstance(there, Folder):
                    tree[path + name] = None
                    waiting.append((f"{path}{name}/", there))
                else:
                    tree[path + name] = data(there)
        return tree


def parts(writes, random):
    """Returns a random part of the writes, some of them truncated."""
    for at, data in writes:
        if random.random() < 0.5:
            is_cut = data is not None and random.random() < 0.3
            yield at, data[: random.randint(0, len(data))] if is_cut else data


def enter(changes, entries_of):
    """Applies changes of names to the entries of folders."""
    for folder, name, there in changes:
        if there is None:
            entries_of(folder).pop(name, None)
        else:
            entries_of(folder)[name] = there


def below(folder, see):
    """Calls `see` with all folders."""
    see(folder)
    for there in folder.entries.values():
        if isinstance(there, Folder):
            below(there, see)


def load(path):
    """Returns the content of a folder as a disk, all of it synced."""
    folder = Folder()
    for entry in os.scandir(path):
        there = load(entry.path) if entry.is_dir(follow_symlinks=False) else File(open(entry.path, "rb").read())
        folder.entries[entry.name] = folder.sure[entry.name] = there
    return folder
