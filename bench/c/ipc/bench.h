/*
 * The measure for bench/IpcBench: two processes, a message there and the same back, by the bare calls of the kernel. No ids are looked up, no deadlines
 * kept, no errors survived: what is left is the price of the mechanism itself. A new mechanism is a struct channel in a file, and a line in main.c.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { MIN_MESSAGE = 16, MAX_MESSAGE = 8192, MAX_IN_FLIGHT = 1024 };

/* Where both sides meet; all names are made from it. */
struct place {
    const char *folder;
    const char *name;
    int key;
};

struct channel {
    const char *id;
    /* Makes what has a name or is inherited, before the fork. */
    void (*prepare)(const struct place *place);
    /* Each side opens its own, after the fork. */
    void (*open_answerer)(void);
    void (*open_asker)(void);
    /* Sends without waiting; false where there is no room. The asker sends so. */
    bool (*try_send)(const char *message, size_t length);
    /* Sends and waits for room. The answerer sends so. */
    void (*send)(const char *message, size_t length);
    /* Waits for a message, valid until the next call; NULL at the end. */
    const char *(*receive)(size_t *length);
    /* Removes what has a name; also from a signal's handler. */
    void (*remove)(void);
};

extern const struct channel sysv_channel;
extern const struct channel sysv_spin_channel;
extern const struct channel posix_channel;
extern const struct channel pipe_channel;
extern const struct channel fifo_channel;
extern const struct channel unix_stream_channel;
extern const struct channel unix_seqpacket_channel;
extern const struct channel unix_datagram_channel;
extern const struct channel tcp_channel;
extern const struct channel shm_futex_channel;
extern const struct channel shm_spin_channel;
extern const struct channel mmap_poll_channel;

/* Prints what failed, removes what was made, and ends. */
_Noreturn void fail(const char *what);

int64_t now_ns(void);

/* Asks and prints the figures. */
void measure(const struct channel *channel, pid_t answerer, size_t size, int in_flight, double seconds, int shares, char **share);

/* A stream of bytes as messages: each begins with its own length. */
struct stream {
    int read_fd;
    int write_fd;
    size_t start;
    size_t end;
    size_t rest_start;
    size_t rest_end;
    char buffer[64 * 1024];
    char rest[MAX_MESSAGE];
    /* Writes what fits: all, unless flags or the descriptor forbid to wait. */
    ssize_t (*write_some)(int fd, const char *bytes, size_t length, bool wait);
};

bool stream_try_send(struct stream *stream, const char *message, size_t length);
void stream_send(struct stream *stream, const char *message, size_t length);
const char *stream_receive(struct stream *stream, size_t *length);

#endif
