/* Preloaded wrapper of the C library's clock, which shifts the time by CLOCK_DAYS days. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int done = real(clock, now);
    if (!done && clock == CLOCK_REALTIME) now->tv_sec += atol(getenv("CLOCK_DAYS")) * 86400;
    return done;
}
