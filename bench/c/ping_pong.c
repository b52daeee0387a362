/*
 * The measure for bench/PingPong: two processes, one message there and one back, with blocking msgsnd and msgrcv and nothing else.
 * No ids are looked up, no deadlines kept, no errors survived: what is left is the price of the queue itself.
 *
 *   ping_pong KEY REQUEST_BYTES RESULT_BYTES SECONDS WINDOW
 *
 * Requests travel on KEY as type 1, results on KEY + 1 as type 2; both queues must not exist, and are removed at the end.
 * WINDOW requests are unanswered at a time. Prints one line:
 *   round_trips elapsed_ns p50_ns p99_ns asker_switches answerer_switches
 */
#define _GNU_SOURCE
#include "round_trips.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_TEXT = 8192, MAX_WINDOW = 1024 };

struct message {
    long mtype;
    char mtext[MAX_TEXT];
};

static int requests = -1;
static int results = -1;

static void remove_queues(void)
{
    if (requests >= 0) {
        msgctl(requests, IPC_RMID, NULL);
    }

    if (results >= 0) {
        msgctl(results, IPC_RMID, NULL);
    }
}

static void fail(const char *what)
{
    int error = errno;
    remove_queues();
    fprintf(stderr, "ping_pong: %s: %s\n", what, strerror(error));
    exit(1);
}

static void stop(int signal_number)
{
    (void)signal_number;
    remove_queues();
    _exit(1);
}

static void answer(size_t request_bytes, size_t result_bytes)
{
    struct message message = { 0 };
    for (;;) {
        /* The queue is removed at the end: that is how this loop ends. */
        if (msgrcv(requests, &message, request_bytes, 1, 0) < 0) {
            return;
        }

        message.mtype = 2;
        if (msgsnd(results, &message, result_bytes, 0) < 0) {
            return;
        }
    }
}

static void ask(size_t request_bytes)
{
    static struct message message;
    message.mtype = 1;
    if (msgsnd(requests, &message, request_bytes, 0) < 0) {
        fail("msgsnd");
    }
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: ping_pong KEY REQUEST_BYTES RESULT_BYTES SECONDS WINDOW\n");
        return 2;
    }

    key_t key = (key_t)strtol(argv[1], NULL, 0);
    size_t request_bytes = strtoul(argv[2], NULL, 10);
    size_t result_bytes = strtoul(argv[3], NULL, 10);
    int64_t duration_ns = (int64_t)(atof(argv[4]) * 1e9);
    int window = atoi(argv[5]);
    if (request_bytes > MAX_TEXT || result_bytes > MAX_TEXT || window < 1 || window > MAX_WINDOW) {
        fprintf(stderr, "ping_pong: at most %d bytes and a window of %d\n", MAX_TEXT, MAX_WINDOW);
        return 2;
    }

    signal(SIGTERM, stop);
    signal(SIGINT, stop);
    requests = msgget(key, IPC_CREAT | IPC_EXCL | 0600);
    results = requests < 0 ? -1 : msgget(key + 1, IPC_CREAT | IPC_EXCL | 0600);
    if (results < 0) {
        fail("msgget");
    }

    pid_t asker = getpid();
    pid_t answerer = fork();
    if (answerer < 0) {
        fail("fork");
    }

    if (answerer == 0) {
        signal(SIGTERM, SIG_DFL);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() == asker) {
            answer(request_bytes, result_bytes);
        }

        _exit(0);
    }

    static struct message message;
    static int64_t sent_ns[MAX_WINDOW];
    int64_t started_ns = now_ns();
    int64_t counted_from_ns = started_ns + duration_ns * WARM_UP_PERCENT / 100;
    int64_t ends_ns = counted_from_ns + duration_ns;
    int64_t first_ns = 0;
    int64_t last_ns = started_ns;
    long switches_before = 0;
    long count = 0;
    for (int i = 0; i < window; i++) {
        sent_ns[i] = now_ns();
        ask(request_bytes);
    }

    /* One queue, one reader on each side: answers come in the order of their requests. */
    for (int slot = 0; last_ns < ends_ns; slot = slot + 1 == window ? 0 : slot + 1) {
        if (msgrcv(results, &message, result_bytes, 2, 0) < 0) {
            fail("msgrcv");
        }

        last_ns = now_ns();
        if (first_ns != 0) {
            count_one(last_ns - sent_ns[slot]);
            count++;
        } else if (last_ns >= counted_from_ns) {
            first_ns = last_ns;
            switches_before = switches(RUSAGE_SELF);
        }

        sent_ns[slot] = last_ns;
        ask(request_bytes);
    }

    long asker_switches = switches(RUSAGE_SELF) - switches_before;
    remove_queues();
    waitpid(answerer, NULL, 0);

    /* The answerer cannot be asked in between; its warm-up is counted and the share of it taken off. */
    double counted = (double)(last_ns - first_ns) / (double)(last_ns - started_ns);
    printf("%ld %lld %ld %ld %ld %ld\n", count, (long long)(last_ns - first_ns), percentile(count, 0.50), percentile(count, 0.99),
        asker_switches, (long)(switches(RUSAGE_CHILDREN) * counted));
    return 0;
}
