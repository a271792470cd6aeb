/* cc -O1 -o ipc ipc.c ; ./ipc MODE : one IPC behaviour, on its own children and in the current folder only. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char secret[64] = "original";              /* same address in the forked victim */
static struct sockaddr_un at = {AF_UNIX};

static pid_t victim(void) {
  pid_t p = fork();
  if (!p) { prctl(PR_SET_NAME, "victim"); dup2(open("/etc/hostname", O_RDONLY), 50); for (;;) pause(); }
  usleep(20000);
  return p;
}
static void end(pid_t p) { kill(p, SIGKILL); waitpid(p, 0, 0); }
static int listener(const char *path) {
  int s = socket(AF_UNIX, SOCK_STREAM, 0);
  strcpy(at.sun_path, path); unlink(path);
  bind(s, (void *)&at, sizeof at); listen(s, 8);
  return s;
}
static void passfd(int sock, int fd, int send) {
  char x = 'x', cb[CMSG_SPACE(4)] = {0};
  struct iovec io = {&x, 1};
  struct msghdr h = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = cb, .msg_controllen = sizeof cb};
  if (!send) { recvmsg(sock, &h, 0); return; }
  struct cmsghdr *q = CMSG_FIRSTHDR(&h);
  q->cmsg_level = SOL_SOCKET; q->cmsg_type = SCM_RIGHTS; q->cmsg_len = CMSG_LEN(4);
  memcpy(CMSG_DATA(q), &fd, 4);
  sendmsg(sock, &h, 0);
}

int main(int c, char **v) {
  const char *m = c > 1 ? v[1] : "";
#define MODE(name) if (!strcmp(m, name))
  MODE("ptrace") { pid_t p = victim(); long r = ptrace(PTRACE_ATTACH, p, 0, 0); waitpid(p, 0, 0);
    long w = ptrace(PTRACE_POKEDATA, p, secret, 0x4141414141414141); ptrace(PTRACE_DETACH, p, 0, 0);
    printf("attach %ld poke %ld\n", r, w); end(p); }
  MODE("seize") { pid_t p = victim(); printf("seize %ld\n", ptrace(PTRACE_SEIZE, p, 0, 0)); end(p); }
  MODE("vmw") { pid_t p = victim(); char b[] = "injected!", o[16] = {0};
    struct iovec l = {b, sizeof b}, r = {secret, sizeof b}, l2 = {o, sizeof b};
    long w = process_vm_writev(p, &l, 1, &r, 1, 0), n = process_vm_readv(p, &l2, 1, &r, 1, 0);
    printf("writev %ld readv %ld '%s'\n", w, n, o); end(p); }
  MODE("procmem") { pid_t p = victim(); char f[64]; sprintf(f, "/proc/%d/mem", p);
    int fd = open(f, O_RDWR); printf("procmem %zd\n", pwrite(fd, "procmem", 8, (off_t)secret)); end(p); }
  MODE("pidfd") { pid_t p = victim(); int pf = syscall(SYS_pidfd_open, p, 0);
    printf("pidfd_getfd %ld\n", syscall(SYS_pidfd_getfd, pf, 50, 0)); end(p); }
  MODE("memfd") { int fd = memfd_create("upd", MFD_CLOEXEC), in = open("/bin/true", O_RDONLY), st;
    char b[65536]; long n; while ((n = read(in, b, sizeof b)) > 0) write(fd, b, n);
    pid_t p = fork(); if (!p) { char *a[] = {"kworker/fake", 0}, *e[] = {0}; fexecve(fd, a, e); _exit(1); }
    waitpid(p, &st, 0); printf("memfd exec status %d\n", st); }
  MODE("shm") { int id = shmget(0x1559, 4096, IPC_CREAT | 0666); void *a = shmat(id, 0, 0);
    strcpy(a, "shm"); shmdt(a); shmctl(id, IPC_RMID, 0); printf("shm %d\n", id);
    int fd = shm_open("/t1559", O_CREAT | O_RDWR, 0666); ftruncate(fd, 4096); shm_unlink("/t1559"); }
  MODE("fifo") { unlink("f"); mkfifo("f", 0600); pid_t p = fork();
    if (!p) { int w = open("f", O_WRONLY); write(w, "hello\n", 6); _exit(0); }
    int r = open("f", O_RDONLY); char b[16]; printf("fifo %zd\n", read(r, b, 16)); waitpid(p, 0, 0); unlink("f"); }
  MODE("unix") { int s = listener("docker.sock"); pid_t p = fork();
    if (!p) { int k = socket(AF_UNIX, SOCK_STREAM, 0); connect(k, (void *)&at, sizeof at);
      write(k, "GET /containers/json HTTP/1.0\r\n\r\n", 33); char b[64]; read(k, b, 64); _exit(0); }
    int k = accept4(s, 0, 0, 0); char b[64]; read(k, b, 64); struct ucred u; socklen_t l = sizeof u;
    getsockopt(k, SOL_SOCKET, SO_PEERCRED, &u, &l); write(k, "HTTP/1.0 200 OK\r\n", 17);
    waitpid(p, 0, 0); unlink("docker.sock"); printf("unix peer %d\n", u.pid); }
  MODE("abstract") { memcpy(at.sun_path, "\0t1559-abs", 10); int s = socket(AF_UNIX, SOCK_STREAM, 0);
    bind(s, (void *)&at, 12); listen(s, 8); int k = socket(AF_UNIX, SOCK_STREAM, 0);
    printf("abstract %d\n", connect(k, (void *)&at, 12)); }
  MODE("scm") { int sv[2]; socketpair(AF_UNIX, SOCK_STREAM, 0, sv); pid_t p = fork();
    if (!p) { passfd(sv[0], open("/etc/hostname", O_RDONLY), 1); _exit(0); }
    passfd(sv[1], 0, 0); waitpid(p, 0, 0); puts("scm_rights ok"); }
  MODE("hand") { int s = listener("hand.sock"); chmod("hand.sock", 0777); pid_t p = fork();
    if (!p) { setgid(65534); setuid(65534); int k = socket(AF_UNIX, SOCK_STREAM, 0); connect(k, (void *)&at, sizeof at);
      passfd(k, 0, 0); usleep(300000); _exit(0); }
    passfd(accept(s, 0, 0), open("/etc/hostname", O_RDONLY), 1); waitpid(p, 0, 0); unlink("hand.sock"); puts("handed"); }
  MODE("uring") { int s = listener("uring.sock"); struct io_uring_params q = {0};
    int r = syscall(SYS_io_uring_setup, 4, &q); if (r < 0) { perror("io_uring_setup"); return 1; }
    char *sq = mmap(0, q.sq_off.array + q.sq_entries * 4, 3, MAP_SHARED | MAP_POPULATE, r, IORING_OFF_SQ_RING);
    struct io_uring_sqe *e = mmap(0, q.sq_entries * sizeof *e, 3, MAP_SHARED | MAP_POPULATE, r, IORING_OFF_SQES);
    memset(e, 0, sizeof *e); e->opcode = IORING_OP_CONNECT; e->fd = socket(AF_UNIX, SOCK_STREAM, 0);
    e->addr = (unsigned long)&at; e->off = sizeof at;
    unsigned *tail = (unsigned *)(sq + q.sq_off.tail), *arr = (unsigned *)(sq + q.sq_off.array);
    arr[*tail & (q.sq_entries - 1)] = 0; __sync_synchronize(); (*tail)++;
    long n = syscall(SYS_io_uring_enter, r, 1, 1, IORING_ENTER_GETEVENTS, 0, 0);
    printf("uring submitted %ld accepted %d\n", n, accept(s, 0, 0)); unlink("uring.sock"); }
  MODE("hold") { int k = socket(AF_UNIX, SOCK_STREAM, 0); strcpy(at.sun_path, v[2]);
    int r = connect(k, (void *)&at, sizeof at); char b[8]; read(k, b, 8); printf("hold %d\n", r); }
#ifdef __x86_64__
  MODE("compat") { int s = listener("compat.sock"), k = socket(AF_UNIX, SOCK_STREAM, 0), r;
    char *low = mmap(0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0); memcpy(low, &at, sizeof at);
    __asm__ volatile("int $0x80" : "=a"(r) : "a"(362), "b"(k), "c"((unsigned)(unsigned long)low),
                     "d"((unsigned)sizeof at) : "memory", "r8", "r9", "r10", "r11");
    printf("compat connect %d accepted %d\n", r, r ? -1 : accept(s, 0, 0)); unlink("compat.sock"); }
#endif
  return 0;
}
