"""A disk whose power may fail: what was written through is there, and of what was not any part may be.

As ALICE has it (Pillai and others, OSDI 2014): a file's bytes are there for sure once the file was written through, its
name once its folder was. Until then each write and each change of a name may have reached the disk or not, in any order.
"""

import os


class File:
    """Its bytes, those that are there for sure, and the writes since."""

    def __init__(self, data=b""):
        self.data, self.sure, self.writes = bytearray(data), bytes(data), []

    def write(self, at, data):
        """Writes bytes."""
        put(self.data, at, data)
        self.writes.append((at, data))

    def cut(self, length):
        """Makes it that long."""
        resize(self.data, length)
        self.writes.append((length, None))

    def after(self, writes):
        """What is there if these writes got to the disk."""
        data = bytearray(self.sure)
        for at, written in writes:
            resize(data, at) if written is None else put(data, at, written)
        return bytes(data)


class Folder:
    """Its entries, those that are there for sure."""

    def __init__(self):
        self.entries, self.sure = {}, {}


def put(data, at, written):
    """Puts bytes into others."""
    data.extend(bytes(max(0, at - len(data))))
    data[at : at + len(written)] = written


def resize(data, length):
    """Cuts bytes off, or adds zeros."""
    del data[length:]
    data.extend(bytes(length - len(data)))


class Disk:
    """The files and folders below one folder."""

    def __init__(self, root):
        self.root, self.top = root, load(root)
        self.open, self.syncing = {}, {}
        # Changes of names that may not be on the disk yet: each a list of (folder, name, what is there from then on).
        self.changes = []

    def find(self, path):
        """What is at a path; none where it is not below the folder, or nothing is there."""
        found = self.top if path == self.root else None
        if path.startswith(self.root + "/"):
            found = self.top
            for name in path[len(self.root) + 1 :].split("/"):
                found = found.entries.get(name) if isinstance(found, Folder) else None
        return found

    def change(self, *changes):
        """Changes names, all of these at once."""
        changes = [(self.find(os.path.dirname(path)), os.path.basename(path), there) for path, there in changes]
        if any(folder is None for folder, _, _ in changes):
            return False
        self.changes.append(changes)
        enter(changes, lambda folder: folder.entries)
        return True

    def apply(self, call):
        """Follows a call. Whether it changed what may be on the disk."""
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
        """What is written through is what was there when that began. A number is free as soon as closing begins."""
        if call.name == "close":
            self.open.pop(call.fd(), None)
        if call.name in ("fsync", "fdatasync") and call.fd() in self.open:
            there = self.open[call.fd()][0]
            self.syncing[call.thread] = there, bytes(getattr(there, "data", b"")), len(getattr(there, "writes", [])), len(
                self.changes)
        return False

    def opened(self, call):
        """A file or folder is open, and may have been made or emptied."""
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
        """A file's bytes, or a folder's entries, are there for sure."""
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
        """What may be there if the power fails now: what is there for sure, all, all names without the bytes, and so many
        times any part."""
        yield "sure", self.tree([], lambda file: file.sure)
        yield "all", self.tree(self.changes, lambda file: bytes(file.data))
        yield "names", self.tree(self.changes, lambda file: file.sure)
        for _ in range(times):
            some = self.changes[: random.randint(0, len(self.changes))]
            yield "first", self.tree(some, lambda file: file.after(file.writes[: random.randint(0, len(file.writes))]))
            some = [change for change in self.changes if random.random() < 0.5]
            yield "some", self.tree(some, lambda file: file.after(parts(file.writes, random)))

    def tree(self, changes, data):
        """The bytes of each file, and none of each folder, by path."""
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
    """Some of the writes, of some only the beginning."""
    for at, data in writes:
        if random.random() < 0.5:
            is_cut = data is not None and random.random() < 0.3
            yield at, data[: random.randint(0, len(data))] if is_cut else data


def enter(changes, entries_of):
    """Changes names in the entries of folders."""
    for folder, name, there in changes:
        if there is None:
            entries_of(folder).pop(name, None)
        else:
            entries_of(folder)[name] = there


def below(folder, see):
    """Sees all folders."""
    see(folder)
    for there in folder.entries.values():
        if isinstance(there, Folder):
            below(there, see)


def load(path):
    """What is on a disk, all of it there for sure."""
    folder = Folder()
    for entry in os.scandir(path):
        there = load(entry.path) if entry.is_dir(follow_symlinks=False) else File(open(entry.path, "rb").read())
        folder.entries[entry.name] = folder.sure[entry.name] = there
    return folder
