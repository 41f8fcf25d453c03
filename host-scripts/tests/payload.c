/* What an attacker would have root's programs load. Whoever loads it, by whatever way, finds the file `mark` beside it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

__attribute__((constructor)) static void leave_mark(void) {
    Dl_info own;
    char path[PATH_MAX];
    if (!dladdr((void *)leave_mark, &own)) return;
    const char *end = strrchr(own.dli_fname, '/');
    if (!end) return;
    snprintf(path, sizeof path, "%.*s/mark", (int)(end - own.dli_fname), own.dli_fname);
    int file = open(path, O_WRONLY | O_CREAT, 0666);
    if (file >= 0) close(file);
}

/* Without it LD_AUDIT takes no library. */
unsigned int la_version(unsigned int version) {
    return version;
}
