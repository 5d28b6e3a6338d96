/*
 * Preloaded into a process (LD_PRELOAD, Linux), it fails or ends that process at one chosen operation that changes what
 * lies under KENNING_FAULT_UNDER: those of Node, of SQLite and of native addons alike. Tests compile it; nothing ships it.
 *
 * Opening "/kenning-fault/<n>/<how>" begins to count anew and arms the fault for operation n (from 1; 0: never). How: the
 * number of an error, once; "from-" and a number, that one and all after it; "kill"; "torn", a kill after half of a write.
 * Each operation is told in a line of KENNING_FAULT_LOG.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define CONTROL "/kenning-fault/"

enum { NONE, ONCE, FROM, KILL, TORN };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *under;
static int log_fd = -1;
static long count, at;
static int how, error;

static void arm(const char *n, const char *what) {
  count = 0;
  at = atol(n);
  error = 0;
  how = ONCE;
  if (!strcmp(what, "kill")) how = KILL;
  else if (!strcmp(what, "torn")) how = TORN;
  else if (!strncmp(what, "from-", 5)) how = FROM, error = atoi(what + 5);
  else error = atoi(what);
}

__attribute__((constructor)) static void start(void) {
  under = getenv("KENNING_FAULT_UNDER");
  const char *log = getenv("KENNING_FAULT_LOG");
  if (log) log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (getenv("KENNING_FAULT_AT")) arm(getenv("KENNING_FAULT_AT"), getenv("KENNING_FAULT_HOW"));
}

static void die(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

/* The verdict on one operation: 0 to carry it out, TORN to carry out half and die, or -1 with errno set. */
static int judge(const char *operation, const char *path) {
  if (!under || !path || strncmp(path, under, strlen(under))) return 0;
  pthread_mutex_lock(&lock);
  long n = ++count;
  if (log_fd >= 0) {
    char line[512];
    int length = snprintf(line, sizeof line, "%ld %s %s\n", n, operation, path + strlen(under));
    if (length > 0) syscall(SYS_write, log_fd, line, length < (int)sizeof line ? length : (int)sizeof line - 1);
  }
  int hit = at > 0 && (n == at || (how == FROM && n > at));
  int verdict = hit ? how : NONE;
  int failure = error;
  pthread_mutex_unlock(&lock);
  if (verdict == NONE) return 0;
  if (verdict == KILL) die();
  if (verdict == TORN) return TORN;
  errno = failure;
  return -1;
}

static int judge_fd(const char *operation, int fd) {
  if (fd <= 2 || fd == log_fd) return 0;
  char name[64], path[4096];
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(name, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return judge(operation, path);
}

static int judge_path(const char *operation, const char *path) {
  int verdict = judge(operation, path);
  if (verdict == TORN) die();
  return verdict;
}

/* For openat and the like: tests' paths are absolute. */
static int control(const char *path) {
  if (!path || strncmp(path, CONTROL, strlen(CONTROL))) return 0;
  char copy[128];
  snprintf(copy, sizeof copy, "%s", path + strlen(CONTROL));
  char *slash = strchr(copy, '/');
  if (slash) {
    *slash = 0;
    pthread_mutex_lock(&lock);
    arm(copy, slash + 1);
    pthread_mutex_unlock(&lock);
  }
  errno = ENOENT;
  return 1;
}

#define OPEN(name, parameters, arguments)                                                    \
  int name parameters {                                                                      \
    mode_t mode = 0;                                                                         \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                     \
      va_list rest;                                                                          \
      va_start(rest, flags);                                                                 \
      mode = va_arg(rest, mode_t);                                                           \
      va_end(rest);                                                                          \
    }                                                                                        \
    if (control(path)) return -1;                                                            \
    if ((flags & O_ACCMODE) != O_RDONLY && judge_path("open", path)) return -1;              \
    return REAL(name) arguments;                                                             \
  }

OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))
OPEN(openat, (int dir, const char *path, int flags, ...), (dir, path, flags, mode))
OPEN(openat64, (int dir, const char *path, int flags, ...), (dir, path, flags, mode))

#define WRITE(name, parameters, half, arguments)     \
  ssize_t name parameters {                          \
    int verdict = judge_fd("write", fd);             \
    if (verdict < 0) return -1;                      \
    if (verdict == TORN) {                           \
      half;                                          \
      die();                                         \
    }                                                \
    return REAL(name) arguments;                     \
  }

WRITE(write, (int fd, const void *bytes, size_t size), REAL(write)(fd, bytes, size / 2), (fd, bytes, size))
WRITE(pwrite, (int fd, const void *bytes, size_t size, off_t offset), REAL(pwrite)(fd, bytes, size / 2, offset),
      (fd, bytes, size, offset))
WRITE(pwrite64, (int fd, const void *bytes, size_t size, off64_t offset), REAL(pwrite64)(fd, bytes, size / 2, offset),
      (fd, bytes, size, offset))
WRITE(writev, (int fd, const struct iovec *parts, int size), REAL(writev)(fd, parts, size / 2), (fd, parts, size))
WRITE(pwritev, (int fd, const struct iovec *parts, int size, off_t offset),
      REAL(pwritev)(fd, parts, size / 2, offset), (fd, parts, size, offset))
WRITE(pwritev64, (int fd, const struct iovec *parts, int size, off64_t offset),
      REAL(pwritev64)(fd, parts, size / 2, offset), (fd, parts, size, offset))

#define OF_FD(name, parameters, arguments)           \
  int name parameters {                              \
    int verdict = judge_fd(#name, fd);               \
    if (verdict == TORN) die();                      \
    return verdict ? -1 : REAL(name) arguments;      \
  }

OF_FD(fsync, (int fd), (fd))
OF_FD(fdatasync, (int fd), (fd))
OF_FD(ftruncate, (int fd, off_t size), (fd, size))
OF_FD(ftruncate64, (int fd, off64_t size), (fd, size))

#define OF_PATH(name, parameters, arguments) \
  int name parameters { return judge_path(#name, path) ? -1 : REAL(name) arguments; }

OF_PATH(unlink, (const char *path), (path))
OF_PATH(unlinkat, (int dir, const char *path, int flags), (dir, path, flags))
OF_PATH(rmdir, (const char *path), (path))
OF_PATH(remove, (const char *path), (path))
OF_PATH(mkdir, (const char *path, mode_t mode), (path, mode))
OF_PATH(rename, (const char *path, const char *to), (path, to))
