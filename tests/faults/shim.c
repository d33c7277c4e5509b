/* Counts what a program changes below one folder, and at the chosen change kills the program,
 * refuses the change, takes the folder away, or writes every change down.
 *
 * Loaded by LD_PRELOAD; nothing happens until faults_arm is called, or FAULTS_ROOT, FAULTS_MODE
 * and FAULTS_AT stand in the environment.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum mode { OFF, COUNT, KILL, ONCE, ON, VANISH };
enum kind { WRITES = 1, SYNCS = 2, NAMES = 4 };

static char root[PATH_MAX], stick[PATH_MAX], gone[PATH_MAX + 8];
static int mode, kinds = 7, error_number = EIO, log_file = -1, is_gone;
static long target, counted;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(result, name, ...)                                       \
    static result (*real)(__VA_ARGS__);                               \
    if (!real)                                                        \
    real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static int below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return length && !strncmp(path, folder, length) && (!path[length] || path[length] == '/');
}

static int watched(const char *path)
{
    return mode != OFF && (below(path, root) || (is_gone && below(path, gone)));
}

static int absolute(int folder, const char *path, char *out)
{
    char link[64], base[PATH_MAX];
    ssize_t length;
    if (path[0] == '/')
        return snprintf(out, PATH_MAX, "%s", path) < PATH_MAX;
    if (folder == AT_FDCWD) {
        if (!getcwd(base, sizeof base))
            return 0;
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        length = readlink(link, base, sizeof base - 1);
        if (length < 0)
            return 0;
        base[length] = 0;
    }
    return snprintf(out, PATH_MAX, "%s/%s", base, path) < PATH_MAX;
}

static int path_of(int file, char *out)
{
    char link[64];
    ssize_t length;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    length = readlink(link, out, PATH_MAX - 1);
    if (length < 0)
        return 0;
    out[length] = 0;
    return out[0] == '/';
}

static void raw(const void *data, size_t size)
{
    REAL(ssize_t, write, int, const void *, size_t);
    while (size) {
        ssize_t done = real(log_file, data, size);
        if (done <= 0)
            abort();
        data = (const char *)data + done;
        size -= done;
    }
}

/* One change: its letter, lengths of two names, place and length of the data; then those. */
static void note(char letter, const char *one, const char *two, int64_t at, int64_t size,
                 const void *data)
{
    int32_t lengths[2] = {(int32_t)strlen(one), (int32_t)strlen(two)};
    if (log_file < 0)
        return;
    raw(&letter, 1);
    raw(lengths, sizeof lengths);
    raw(&at, sizeof at);
    raw(&size, sizeof size);
    raw(one, lengths[0]);
    raw(two, lengths[1]);
    if (data)
        raw(data, size);
}

static void vanish(void)
{
    REAL(int, rename, const char *, const char *);
    snprintf(gone, sizeof gone, "%s.gone", stick);
    is_gone = !real(stick, gone);
}

static void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

/* Called with the lock held. 1: the change is refused, errno is set; 2: half of it, then death. */
static int strike(enum kind kind, int grows, const char *path)
{
    if (mode == OFF || mode == COUNT) {
        counted += (kinds & kind) != 0;
        return 0;
    }
    if (!(kinds & kind))
        return 0;
    counted++;
    if (mode == KILL) {
        if (counted < target)
            return 0;
        if (kind == WRITES && target % 2)
            return 2;
        die();
    }
    if (mode == VANISH) {
        if (counted == target)
            vanish();
        errno = error_number;
        return is_gone && (below(path, stick) || below(path, gone));
    }
    if (mode == ONCE ? counted != target : counted < target)
        return 0;
    if (error_number == ENOSPC && !grows)
        return 0;
    errno = error_number;
    return 1;
}

void faults_arm(const char *folder, const char *leaves, int how, int which, long at, int error)
{
    pthread_mutex_lock(&lock);
    snprintf(root, sizeof root, "%s", folder);
    snprintf(stick, sizeof stick, "%s", leaves);
    kinds = which;
    target = at;
    error_number = error;
    counted = 0;
    is_gone = 0;
    mode = how;
    pthread_mutex_unlock(&lock);
}

long faults_count(void)
{
    return counted;
}

void faults_log(int file)
{
    log_file = file;
}

void faults_note(const char *text)
{
    pthread_mutex_lock(&lock);
    note('!', text, "", 0, 0, NULL);
    pthread_mutex_unlock(&lock);
}

__attribute__((constructor)) static void from_environment(void)
{
    const char *folder = getenv("FAULTS_ROOT"), *how = getenv("FAULTS_MODE"),
               *at = getenv("FAULTS_AT");
    if (folder && how && at)
        faults_arm(folder, folder, atoi(how), 7, atol(at), EIO);
}

static ssize_t data_written(int file, const void *data, size_t size, off64_t at,
                            ssize_t (*real)(int, const void *, size_t, off64_t),
                            ssize_t (*plain)(int, const void *, size_t))
{
    char path[PATH_MAX];
    ssize_t done;
    int struck;
    struct stat64 facts;
    if (mode == OFF || !path_of(file, path) || !watched(path))
        return real ? real(file, data, size, at) : plain(file, data, size);
    pthread_mutex_lock(&lock);
    struck = strike(WRITES, 1, path);
    if (struck == 1) {
        pthread_mutex_unlock(&lock);
        return -1;
    }
    if (!real) {
        at = fcntl(file, F_GETFL) & O_APPEND && !fstat64(file, &facts) ? facts.st_size
                                                                      : lseek64(file, 0, SEEK_CUR);
    }
    if (struck == 2)
        size /= 2;
    done = real ? real(file, data, size, at) : plain(file, data, size);
    if (struck == 2)
        die();
    if (done > 0)
        note('w', path, "", at, done, data);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t write(int file, const void *data, size_t size)
{
    REAL(ssize_t, write, int, const void *, size_t);
    return data_written(file, data, size, 0, NULL, real);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at)
{
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    return data_written(file, data, size, at, real, NULL);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at)
{
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    return data_written(file, data, size, at, real, NULL);
}

/* As if the system had none of these: Python then copies by read and write. */
ssize_t sendfile64(int out, int in, off64_t *at, size_t size)
{
    REAL(ssize_t, sendfile64, int, int, off64_t *, size_t);
    char path[PATH_MAX];
    if (mode != OFF && path_of(out, path) && watched(path)) {
        char piece[65536];
        ssize_t read_now = at ? pread64(in, piece, size < sizeof piece ? size : sizeof piece, *at)
                              : read(in, piece, size < sizeof piece ? size : sizeof piece);
        ssize_t done = read_now > 0 ? write(out, piece, read_now) : read_now;
        if (at && done > 0)
            *at += done;
        return done;
    }
    return real(out, in, at, size);
}

ssize_t sendfile(int out, int in, off_t *at, size_t size)
{
    return sendfile64(out, in, at, size);
}

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags)
{
    REAL(ssize_t, copy_file_range, int, off64_t *, int, off64_t *, size_t, unsigned);
    char path[PATH_MAX];
    if (mode != OFF && path_of(out, path) && watched(path)) {
        errno = ENOSYS;
        return -1;
    }
    return real(in, from, out, to, size, flags);
}

static int file_changed(int file, enum kind kind, char letter, int64_t size, int (*real)(int),
                        int (*sized)(int, off64_t))
{
    char path[PATH_MAX];
    int done;
    if (mode == OFF || !path_of(file, path) || !watched(path))
        return real ? real(file) : sized(file, size);
    pthread_mutex_lock(&lock);
    if (strike(kind, 0, path) == 1) {
        pthread_mutex_unlock(&lock);
        return -1;
    }
    done = real ? real(file) : sized(file, size);
    if (!done)
        note(letter, path, "", size, 0, NULL);
    pthread_mutex_unlock(&lock);
    return done;
}

int fsync(int file)
{
    REAL(int, fsync, int);
    return file_changed(file, SYNCS, 's', 0, real, NULL);
}

int fdatasync(int file)
{
    REAL(int, fdatasync, int);
    return file_changed(file, SYNCS, 's', 0, real, NULL);
}

void sync(void)
{
    static void (*real)(void);
    if (!real)
        real = (void (*)(void))dlsym(RTLD_NEXT, "sync");
    real();
    if (mode != OFF) {
        pthread_mutex_lock(&lock);
        note('y', "", "", 0, 0, NULL);
        pthread_mutex_unlock(&lock);
    }
}

int ftruncate64(int file, off64_t size)
{
    REAL(int, ftruncate64, int, off64_t);
    return file_changed(file, NAMES, 't', size, NULL, real);
}

int ftruncate(int file, off_t size)
{
    return ftruncate64(file, size);
}

static int named(char letter, const char *one, const char *two, int grows, int (*real)(void *),
                 void *given)
{
    int done;
    if (!watched(one) && !watched(two))
        return real(given);
    pthread_mutex_lock(&lock);
    if (is_gone && letter == 'm' && below(one, stick)) {
        errno = ENOENT;
        done = -1;
    } else if (strike(NAMES, grows, below(two, root) ? two : one)) {
        done = -1;
    } else {
        done = real(given);
        if (!done)
            note(letter, one, two, 0, 0, NULL);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

struct two {
    const char *one, *two;
    int from, to, flags;
    mode_t bits;
};

static int do_rename(void *given)
{
    struct two *all = given;
    REAL(int, renameat, int, const char *, int, const char *);
    return real(all->from, all->one, all->to, all->two);
}

int renameat(int from, const char *one, int to, const char *two)
{
    char first[PATH_MAX], second[PATH_MAX];
    struct two all = {one, two, from, to, 0, 0};
    if (mode == OFF || !absolute(from, one, first) || !absolute(to, two, second))
        return do_rename(&all);
    return named('r', first, second, 0, do_rename, &all);
}

int rename(const char *one, const char *two)
{
    return renameat(AT_FDCWD, one, AT_FDCWD, two);
}

static int do_unlink(void *given)
{
    struct two *all = given;
    REAL(int, unlinkat, int, const char *, int);
    return real(all->from, all->one, all->flags);
}

int unlinkat(int from, const char *one, int flags)
{
    char first[PATH_MAX];
    struct two all = {one, "", from, 0, flags, 0};
    if (mode == OFF || !absolute(from, one, first))
        return do_unlink(&all);
    return named(flags & AT_REMOVEDIR ? 'd' : 'u', first, "", 0, do_unlink, &all);
}

int unlink(const char *one)
{
    return unlinkat(AT_FDCWD, one, 0);
}

int rmdir(const char *one)
{
    return unlinkat(AT_FDCWD, one, AT_REMOVEDIR);
}

static int do_mkdir(void *given)
{
    struct two *all = given;
    REAL(int, mkdirat, int, const char *, mode_t);
    return real(all->from, all->one, all->bits);
}

int mkdirat(int from, const char *one, mode_t bits)
{
    char first[PATH_MAX];
    struct two all = {one, "", from, 0, 0, bits};
    if (mode == OFF || !absolute(from, one, first))
        return do_mkdir(&all);
    return named('m', first, "", 1, do_mkdir, &all);
}

int mkdir(const char *one, mode_t bits)
{
    return mkdirat(AT_FDCWD, one, bits);
}

/* A name is made, or a file emptied, where opening does so. */
static int opened(int folder, const char *path, int flags, mode_t bits,
                  int (*real)(int, const char *, int, ...))
{
    char whole[PATH_MAX];
    struct stat64 facts;
    int is_there, file;
    if (mode == OFF || !(flags & (O_CREAT | O_TRUNC)) || !absolute(folder, path, whole) ||
        !watched(whole))
        return real(folder, path, flags, bits);
    is_there = !stat64(whole, &facts);
    if (is_there && !(flags & O_TRUNC && facts.st_size))
        return real(folder, path, flags, bits);
    pthread_mutex_lock(&lock);
    if (strike(NAMES, !is_there, whole)) {
        pthread_mutex_unlock(&lock);
        return -1;
    }
    file = real(folder, path, flags, bits);
    if (file >= 0)
        note(is_there ? 't' : 'c', whole, "", 0, 0, NULL);
    pthread_mutex_unlock(&lock);
    return file;
}

#define OPENING(name, real_name, takes_folder, ...)                  \
    int name(__VA_ARGS__, int flags, ...)                            \
    {                                                                \
        static int (*real)(int, const char *, int, ...);             \
        mode_t bits = 0;                                             \
        if (!real)                                                   \
            real = dlsym(RTLD_NEXT, #real_name);                     \
        if (flags & (O_CREAT | O_TMPFILE)) {                         \
            va_list more;                                            \
            va_start(more, flags);                                   \
            bits = va_arg(more, mode_t);                             \
            va_end(more);                                            \
        }                                                            \
        return opened(takes_folder, path, flags, bits, real);        \
    }

OPENING(open, openat, AT_FDCWD, const char *path)
OPENING(open64, openat64, AT_FDCWD, const char *path)
OPENING(openat, openat, folder, int folder, const char *path)
OPENING(openat64, openat64, folder, int folder, const char *path)
