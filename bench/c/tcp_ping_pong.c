/*
 * The measure for bench/WholePath, and the player in it. A player asks over TCP (loopback, TCP_NODELAY), waits for the answer, and asks again: of another process that
 * only sends bytes back, or of a chatD. What asks is the same in both.
 *
 *   tcp_ping_pong echo REQUEST_BYTES RESULT_BYTES SECONDS
 *   tcp_ping_pong player PORT FRAMES SECONDS
 *
 * FRAMES is a file: the frame of the log-in, and behind it those of the lines, which are sent in turn, over and over. Prints one line:
 *   round_trips elapsed_ns p50_ns p99_ns asker_switches answerer_switches all_round_trips last_answer
 * The switches of a chatD are not known here: 0. all_round_trips has the warm-up, too; last_answer are the bytes of it in hexadecimal.
 */
#define _GNU_SOURCE
#include "player_frames.h"
#include "round_trips.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

static struct input input;
static size_t result_bytes;

static void receive_exactly(int fd, unsigned char *bytes, size_t length)
{
    for (size_t there = 0; there < length;) {
        ssize_t received = recv(fd, bytes + there, length - there, 0);
        if (received <= 0) {
            _exit(0);
        }

        there += (size_t)received;
    }
}

static struct frame receive_result(int fd)
{
    return receive_type(fd, &input, RESULT, RESULT);
}

static struct frame receive_bytes(int fd)
{
    receive_exactly(fd, input.bytes, result_bytes);
    return (struct frame){ input.bytes, result_bytes };
}

static void echo(int listener, size_t request_bytes)
{
    static unsigned char bytes[MAX_FRAME];
    int one = 1;
    int fd = accept(listener, NULL, NULL);
    if (fd < 0 || setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) < 0) {
        _exit(1);
    }

    for (;;) {
        receive_exactly(fd, bytes, request_bytes);
        if (send(fd, bytes, result_bytes, MSG_NOSIGNAL) < 0) {
            _exit(0);
        }
    }
}

static int start_echo(size_t request_bytes, pid_t *answerer)
{
    struct sockaddr_in own = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof own;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&own, sizeof own) < 0 || listen(listener, 1) < 0
        || getsockname(listener, (struct sockaddr *)&own, &length) < 0) {
        fail("listen");
    }

    pid_t asker = getpid();
    *answerer = fork();
    if (*answerer < 0) {
        fail("fork");
    }

    if (*answerer == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() == asker) {
            echo(listener, request_bytes);
        }

        _exit(0);
    }

    close(listener);
    return ntohs(own.sin_port);
}

static void measure(int fd, const struct frame *lines, size_t line_count, double seconds, struct frame (*receive)(int fd), pid_t answerer)
{
    int64_t duration_ns = (int64_t)(seconds * 1e9);
    int64_t last_ns = now_ns();
    int64_t started_ns = last_ns;
    int64_t counted_from_ns = last_ns + duration_ns * WARM_UP_PERCENT / 100;
    int64_t ends_ns = counted_from_ns + duration_ns;
    int64_t first_ns = 0;
    long switches_before = 0;
    long count = 0;
    long all = 0;
    struct frame answer = { 0 };
    for (size_t next = 0; last_ns < ends_ns; next = next + 1 == line_count ? 0 : next + 1) {
        int64_t sent_ns = last_ns;
        send_all(fd, lines[next].bytes, lines[next].length);
        answer = receive(fd);
        last_ns = now_ns();
        all++;
        if (first_ns != 0) {
            count_one(last_ns - sent_ns);
            count++;
        } else if (last_ns >= counted_from_ns) {
            switches_before = switches(RUSAGE_SELF);
            first_ns = last_ns = now_ns();
        }
    }

    long asker_switches = switches(RUSAGE_SELF) - switches_before;
    close(fd);
    long answerer_switches = 0;
    if (answerer > 0) {
        waitpid(answerer, NULL, 0);

        /* It cannot be asked in between; its warm-up is counted and the share of it taken off. */
        answerer_switches = (long)((double)switches(RUSAGE_CHILDREN) * (double)(last_ns - first_ns) / (double)(last_ns - started_ns));
    }

    printf("%ld %lld %ld %ld %ld %ld %ld ", count, (long long)(last_ns - first_ns), percentile(count, 0.50), percentile(count, 0.99), asker_switches,
        answerer_switches, all);
    for (size_t i = 0; i < answer.length; i++) {
        printf("%02x", answer.bytes[i]);
    }

    printf("\n");
}

int main(int argc, char **argv)
{
    if (argc != 5 || (strcmp(argv[1], "echo") != 0 && strcmp(argv[1], "player") != 0)) {
        fprintf(stderr, "usage: tcp_ping_pong echo REQUEST_BYTES RESULT_BYTES SECONDS | player PORT FRAMES SECONDS\n");
        return 2;
    }

    double seconds = atof(argv[4]);
    if (strcmp(argv[1], "player") == 0) {
        size_t count;
        struct frame *frames = read_frames(argv[3], &count);
        if (count < 2) {
            fprintf(stderr, "tcp_ping_pong: a log-in and a line are the least\n");
            return 2;
        }

        measure(enter(atoi(argv[2]), INADDR_LOOPBACK, &input, frames[0]), frames + 1, count - 1, seconds, receive_result, 0);
        return 0;
    }

    static unsigned char request[MAX_FRAME];
    size_t request_bytes = strtoul(argv[2], NULL, 10);
    result_bytes = strtoul(argv[3], NULL, 10);
    if (request_bytes < 1 || request_bytes > MAX_FRAME || result_bytes < 1 || result_bytes > MAX_FRAME) {
        fprintf(stderr, "tcp_ping_pong: from 1 to %d bytes\n", MAX_FRAME);
        return 2;
    }

    pid_t answerer;
    struct frame line = { request, request_bytes };
    int port = start_echo(request_bytes, &answerer);
    measure(connect_to(port, INADDR_LOOPBACK), &line, 1, seconds, receive_bytes, answerer);
    return 0;
}
