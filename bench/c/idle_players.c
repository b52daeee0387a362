/*
 * Players of bench/WholePath who are logged in and say nothing but that they live. They come from several addresses of the loopback network, for one has ports for
 * some 28,000 connections alone.
 *
 *   idle_players PORT FRAMES
 *
 * FRAMES is a file: the frame that answers a ping, and behind it those of the log-ins, one for each player. Prints "in" when all are in, answers pings, and ends with its
 * input. Ends with 3 where it may not have so many descriptors.
 */
#define _GNU_SOURCE
#include "player_frames.h"

#include <sys/epoll.h>
#include <sys/resource.h>

enum { PLAYERS_AN_ADDRESS = 4096, OTHER_DESCRIPTORS = 64, EVENTS = 256, FIRST_ADDRESS = 0x7f000002 };

static void allow_descriptors(size_t count)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < count + OTHER_DESCRIPTORS) {
        fprintf(stderr, "idle_players: %zu players need %zu descriptors, and no more than %llu are allowed: raise the hard limit (ulimit -Hn, LimitNOFILE=)\n", count,
            count + OTHER_DESCRIPTORS, (unsigned long long)limit.rlim_cur);
        exit(3);
    }
}

static void answer_pings(int fd, struct frame pong)
{
    static struct input input;

    /* A ping is small and comes alone: what is not a whole frame at once is not waited for. */
    input.start = 0;
    input.end = 0;
    receive_some(fd, &input);
    for (struct frame frame = take_frame(&input); frame.length > 0; frame = take_frame(&input)) {
        if (type_of(frame) == PING) {
            send_all(fd, pong.bytes, pong.length);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: idle_players PORT FRAMES\n");
        return 2;
    }

    size_t count;
    struct frame *frames = read_frames(argv[2], &count);
    int poll = epoll_create1(0);
    struct epoll_event event = { .events = EPOLLIN, .data.fd = STDIN_FILENO };
    allow_descriptors(count);
    if (poll < 0 || epoll_ctl(poll, EPOLL_CTL_ADD, STDIN_FILENO, &event) < 0) {
        fail("epoll");
    }

    for (size_t i = 1; i < count; i++) {
        static struct input input;
        event.data.fd = enter(atoi(argv[1]), FIRST_ADDRESS + (uint32_t)(i / PLAYERS_AN_ADDRESS), &input, frames[i]);
        if (epoll_ctl(poll, EPOLL_CTL_ADD, event.data.fd, &event) < 0) {
            fail("epoll_ctl");
        }
    }

    printf("in\n");
    fflush(stdout);
    for (;;) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(poll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd == STDIN_FILENO) {
                return 0;
            }

            answer_pings(events[i].data.fd, frames[0]);
        }
    }
}
