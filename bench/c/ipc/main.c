/*
 *   ipc_bench MECHANISM SIZE IN_FLIGHT SECONDS FOLDER NAME KEY [SHARE...]
 *
 * Prints one line:
 *   round_trips elapsed_ns cpu_ns switches reached [quantile_ns...]
 * with what both processes used, the number in flight that was reached, and the times that the shares of round trips did not exceed.
 */
#define _GNU_SOURCE
#include "bench.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct channel *const channels[] = {
    &sysv_channel, &sysv_spin_channel, &posix_channel, &pipe_channel, &fifo_channel, &unix_stream_channel, &unix_seqpacket_channel, &unix_datagram_channel, &tcp_channel,
    &shm_futex_channel, &shm_spin_channel, &mmap_poll_channel,
};

static const struct channel *channel;
static pid_t asker;
static pid_t answerer;

static void clean_up(void)
{
    if (getpid() == asker) {
        if (answerer > 0) {
            kill(answerer, SIGKILL);
        }

        channel->remove();
    }
}

_Noreturn void fail(const char *what)
{
    fprintf(stderr, "ipc_bench: %s: %s\n", what, strerror(errno));
    clean_up();
    _exit(1);
}

static void stop(int signal_number)
{
    (void)signal_number;
    clean_up();
    _exit(1);
}

static void answer(void)
{
    channel->open_answerer();
    for (;;) {
        size_t length;
        const char *message = channel->receive(&length);
        if (message == NULL) {
            return;
        }

        channel->send(message, length);
    }
}

int main(int argc, char **argv)
{
    if (argc < 8) {
        fprintf(stderr, "usage: ipc_bench MECHANISM SIZE IN_FLIGHT SECONDS FOLDER NAME KEY [SHARE...]\n");
        return 2;
    }

    for (size_t i = 0; i < sizeof channels / sizeof *channels; i++) {
        if (strcmp(channels[i]->id, argv[1]) == 0) {
            channel = channels[i];
        }
    }

    size_t size = strtoul(argv[2], NULL, 10);
    int in_flight = atoi(argv[3]);
    struct place place = { .folder = argv[5], .name = argv[6], .key = (int)strtol(argv[7], NULL, 0) };
    if (channel == NULL || size < MIN_MESSAGE || size > MAX_MESSAGE || in_flight < 1 || in_flight > MAX_IN_FLIGHT) {
        fprintf(stderr, "ipc_bench: no such mechanism, or not %d to %d bytes, or not 1 to %d in flight\n", MIN_MESSAGE, MAX_MESSAGE, MAX_IN_FLIGHT);
        return 2;
    }

    asker = getpid();
    signal(SIGTERM, stop);
    signal(SIGINT, stop);
    signal(SIGPIPE, SIG_IGN);
    channel->prepare(&place);
    answerer = fork();
    if (answerer < 0) {
        fail("fork");
    }

    if (answerer == 0) {
        signal(SIGTERM, SIG_DFL);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() == asker) {
            answer();
        }

        _exit(0);
    }

    channel->open_asker();
    measure(channel, answerer, size, in_flight, atof(argv[4]), argc - 8, argv + 8);
    clean_up();
    waitpid(answerer, NULL, 0);
    return 0;
}
