/* cc -O1 -o load load.c ; ./load PER-SECOND SECONDS : connections to a UNIX socket of its own child, in the current folder. Says how many
   were made, and how long one took. PER-SECOND 0: as many as it can. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int c, char **v) {
  double rate = c > 1 ? atof(v[1]) : 1000, seconds = c > 2 ? atof(v[2]) : 1;
  struct sockaddr_un at = {.sun_family = AF_UNIX, .sun_path = "load.sock"};
  unlink(at.sun_path);
  int s = socket(AF_UNIX, SOCK_STREAM, 0);
  bind(s, (void *)&at, sizeof at);
  listen(s, 4096);
  pid_t server = fork();
  if (!server) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (long n = 0;; n++) { int k = accept(s, 0, 0); if (k < 0) _exit(1); close(k); }
  }
  close(s);
  double begin = now(), busy = 0;
  long made = 0;
  while (now() - begin < seconds) {
    long due = rate ? (long)((now() - begin) * rate) : made + 64;
    for (; made < due; made++) {
      int k = socket(AF_UNIX, SOCK_STREAM, 0);
      double t = now();
      if (connect(k, (void *)&at, sizeof at)) { perror("connect"); kill(server, SIGKILL); return 1; }
      busy += now() - t;
      close(k);
    }
    if (rate) usleep(500);
  }
  usleep(200000);
  kill(server, SIGKILL);
  waitpid(server, 0, 0);
  unlink(at.sun_path);
  printf("{\"made\":%ld,\"seconds\":%.3f,\"microseconds\":%.3f}\n", made, now() - begin, busy / made * 1e6);
  return 0;
}
