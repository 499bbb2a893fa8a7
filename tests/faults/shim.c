/* Preloaded wrapper of the C library's write calls, or with SHIM_READS of its read calls, which fails some of them as on a
 * full disk (ENOSPC) or a broken disk (EIO). Only calls on files below SHIM_BELOW count, from 1: SHIM_COUNT of them fail,
 * from number SHIM_FROM on. Each counted call is a line in SHIM_LOG. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_ulong calls;

static int is_below(const char *path) {
    const char *below = getenv("SHIM_BELOW");
    char here[PATH_MAX], whole[2 * PATH_MAX];
    if (!below || !path) return 0;
    if (path[0] != '/' && getcwd(here, sizeof here)) {
        snprintf(whole, sizeof whole, "%s/%s", here, strncmp(path, "./", 2) ? path : path + 2);
        path = whole;
    }
    return strncmp(path, below, strlen(below)) == 0;
}

static int is_fd_below(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    if (len < 0) return 0;
    path[len] = 0;
    return is_below(path);
}

/* Counts a call; returns whether it fails. */
static int fails_if(int counts, const char *what, int error) {
    if (!counts) return 0;
    unsigned long call = atomic_fetch_add(&calls, 1) + 1;
    unsigned long from = strtoul(getenv("SHIM_FROM"), 0, 10), count = strtoul(getenv("SHIM_COUNT"), 0, 10);
    int failing = call >= from && call - from < count;
    char line[64];
    int len = snprintf(line, sizeof line, "%lu %s%s\n", call, what, failing ? " fails" : "");
    int (*plain_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
    ssize_t (*plain_write)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    int log = plain_open(getenv("SHIM_LOG"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (log >= 0) {
        if (plain_write(log, line, len) < 0) abort();
        close(log);
    }
    if (failing) errno = error;
    return failing;
}

static int fails(const char *what) {
    return fails_if(!getenv("SHIM_READS"), what, ENOSPC);
}

static int read_fails(const char *what) {
    return fails_if(!!getenv("SHIM_READS"), what, EIO);
}

#define NEXT(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

ssize_t write(int fd, const void *bytes, size_t len) {
    if (is_fd_below(fd) && fails("write")) return -1;
    return NEXT(ssize_t, "write", int, const void *, size_t)(fd, bytes, len);
}

ssize_t writev(int fd, const struct iovec *pieces, int count) {
    if (is_fd_below(fd) && fails("writev")) return -1;
    return NEXT(ssize_t, "writev", int, const struct iovec *, int)(fd, pieces, count);
}

int fsync(int fd) {
    if (is_fd_below(fd) && fails("fsync")) return -1;
    return NEXT(int, "fsync", int)(fd);
}

int fdatasync(int fd) {
    if (is_fd_below(fd) && fails("fdatasync")) return -1;
    return NEXT(int, "fdatasync", int)(fd);
}

int ftruncate64(int fd, off64_t len) {
    if (is_fd_below(fd) && fails("ftruncate")) return -1;
    return NEXT(int, "ftruncate64", int, off64_t)(fd, len);
}

int rename(const char *from, const char *to) {
    if (is_below(to) && fails("rename")) return -1;
    return NEXT(int, "rename", const char *, const char *)(from, to);
}

int mkdir(const char *path, mode_t mode) {
    if (is_below(path) && fails("mkdir")) return -1;
    return NEXT(int, "mkdir", const char *, mode_t)(path, mode);
}

int unlink(const char *path) {
    if (is_below(path) && fails("unlink")) return -1;
    return NEXT(int, "unlink", const char *)(path);
}

int unlinkat(int folder, const char *path, int flags) {
    if (is_fd_below(folder) && fails("unlinkat")) return -1;
    return NEXT(int, "unlinkat", int, const char *, int)(folder, path, flags);
}

int open64(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
        if (is_below(path) && fails("open")) return -1;
    } else if (is_below(path) && read_fails("open")) {
        return -1;
    }
    return NEXT(int, "open64", const char *, int, ...)(path, flags, mode);
}

ssize_t read(int fd, void *bytes, size_t len) {
    if (is_fd_below(fd) && read_fails("read")) return -1;
    return NEXT(ssize_t, "read", int, void *, size_t)(fd, bytes, len);
}

void *mmap64(void *at, size_t len, int protection, int flags, int fd, off64_t offset) {
    if (fd >= 0 && is_fd_below(fd) && read_fails("mmap")) return MAP_FAILED;
    return NEXT(void *, "mmap64", void *, size_t, int, int, int, off64_t)(at, len, protection, flags, fd, offset);
}

ssize_t pread64(int fd, void *bytes, size_t len, off64_t at) {
    if (is_fd_below(fd) && read_fails("pread")) return -1;
    return NEXT(ssize_t, "pread64", int, void *, size_t, off64_t)(fd, bytes, len, at);
}
