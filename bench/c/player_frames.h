/*
 * A player's frames as chatD takes and sends them: a length of four bytes, big-endian, and a MessagePack array whose second byte is the type of the message.
 * What is sent was made by the benchmark and comes from a file, frame behind frame; nothing here makes one.
 */
#ifndef PLAYER_FRAMES_H
#define PLAYER_FRAMES_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LENGTH_BYTES = 4, MAX_FRAME = 1 << 16, LOGGED_IN = 80, REFUSED = 81, RESULT = 82, PING = 85, MAX_TRIES = 500, TRY_AGAIN_NS = 10000000 };

struct frame {
    const unsigned char *bytes;
    size_t length;
};

/* What has come of a connection and was not taken yet. */
struct input {
    size_t start;
    size_t end;
    unsigned char bytes[2 * MAX_FRAME];
};

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static inline struct frame *read_frames(const char *path, size_t *count)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        fail(path);
    }

    size_t length = (size_t)ftell(file);
    unsigned char *bytes = malloc(length);
    struct frame *frames = malloc((length / LENGTH_BYTES + 1) * sizeof *frames);
    rewind(file);
    if (bytes == NULL || frames == NULL || fread(bytes, 1, length, file) != length) {
        fail(path);
    }

    fclose(file);
    *count = 0;
    for (size_t at = 0; at < length; at += frames[(*count)++].length) {
        uint32_t payload;
        memcpy(&payload, bytes + at, LENGTH_BYTES);
        frames[*count] = (struct frame){ bytes + at, LENGTH_BYTES + ntohl(payload) };
    }

    return frames;
}

static inline int connect_to(int port, uint32_t from)
{
    struct sockaddr_in own = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(from) };
    struct sockaddr_in there = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int one = 1;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) < 0 || setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one) < 0
        || bind(fd, (struct sockaddr *)&own, sizeof own) < 0 || connect(fd, (struct sockaddr *)&there, sizeof there) < 0) {
        fail("connect");
    }

    return fd;
}

static inline void send_all(int fd, const void *bytes, size_t length)
{
    const char *rest = bytes;
    while (length > 0) {
        ssize_t sent = send(fd, rest, length, MSG_NOSIGNAL);
        if (sent < 0) {
            fail("send");
        }

        rest += sent;
        length -= (size_t)sent;
    }
}

/* The next frame that has come whole; its length is 0 where there is none. */
static inline struct frame take_frame(struct input *input)
{
    size_t there = input->end - input->start;
    uint32_t payload = 0;
    if (there >= LENGTH_BYTES) {
        memcpy(&payload, input->bytes + input->start, LENGTH_BYTES);
        payload = ntohl(payload);
    }

    if (payload == 0 || payload > MAX_FRAME - LENGTH_BYTES || there < LENGTH_BYTES + payload) {
        return (struct frame){ 0 };
    }

    struct frame frame = { input->bytes + input->start, LENGTH_BYTES + payload };
    input->start += frame.length;
    return frame;
}

static inline void receive_some(int fd, struct input *input)
{
    memmove(input->bytes, input->bytes + input->start, input->end - input->start);
    input->end -= input->start;
    input->start = 0;
    ssize_t received = recv(fd, input->bytes + input->end, sizeof input->bytes - input->end, 0);
    if (received <= 0) {
        errno = received == 0 ? ECONNRESET : errno;
        fail("recv");
    }

    input->end += (size_t)received;
}

static inline int type_of(struct frame frame)
{
    return frame.length > LENGTH_BYTES + 1 ? frame.bytes[LENGTH_BYTES + 1] : 0;
}

/* Waits for a frame of a type, or of the other one; what comes before it is dropped. */
static inline struct frame receive_type(int fd, struct input *input, int type, int other)
{
    for (;;) {
        struct frame frame = take_frame(input);
        if (frame.length == 0) {
            receive_some(fd, input);
        } else if (type_of(frame) == type || type_of(frame) == other) {
            return frame;
        }
    }
}

/* Connects and logs in. The name may still be that of a session which is about to end: then it is tried again for a while. */
static inline int enter(int port, uint32_t from, struct input *input, struct frame log_in)
{
    for (int tries = 0; tries < MAX_TRIES; tries++) {
        int fd = connect_to(port, from);
        input->start = input->end = 0;
        send_all(fd, log_in.bytes, log_in.length);
        if (type_of(receive_type(fd, input, LOGGED_IN, REFUSED)) == LOGGED_IN) {
            return fd;
        }

        close(fd);
        nanosleep(&(struct timespec){ .tv_nsec = TRY_AGAIN_NS }, NULL);
    }

    fprintf(stderr, "a log-in is refused again and again\n");
    exit(1);
}

#endif
