/* Streams of bytes as messages; anonymous pipes and FIFOs. */
#define _GNU_SOURCE
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool send_rest(struct stream *stream)
{
    if (stream->rest_start < stream->rest_end) {
        stream->rest_start += (size_t)stream->write_some(stream->write_fd, stream->rest + stream->rest_start, stream->rest_end - stream->rest_start, false);
    }

    return stream->rest_start == stream->rest_end;
}

bool stream_try_send(struct stream *stream, const char *message, size_t length)
{
    if (!send_rest(stream)) {
        return false;
    }

    size_t written = (size_t)stream->write_some(stream->write_fd, message, length, false);
    if (written == 0) {
        return false;
    }

    memcpy(stream->rest, message + written, length - written);
    stream->rest_start = 0;
    stream->rest_end = length - written;
    return true;
}

void stream_send(struct stream *stream, const char *message, size_t length)
{
    while (length > 0) {
        size_t written = (size_t)stream->write_some(stream->write_fd, message, length, true);
        message += written;
        length -= written;
    }
}

const char *stream_receive(struct stream *stream, size_t *length)
{
    for (;;) {
        size_t there = stream->end - stream->start;
        uint32_t wanted = 0;
        if (there >= sizeof wanted) {
            memcpy(&wanted, stream->buffer + stream->start, sizeof wanted);
            if (there >= wanted) {
                *length = wanted;
                stream->start += wanted;
                return stream->buffer + stream->start - wanted;
            }
        }

        memmove(stream->buffer, stream->buffer + stream->start, there);
        stream->start = 0;
        stream->end = there;
        send_rest(stream);
        ssize_t got = read(stream->read_fd, stream->buffer + there, sizeof stream->buffer - there);
        if (got <= 0) {
            return NULL;
        }

        stream->end += (size_t)got;
    }
}

static ssize_t write_pipe(int fd, const char *bytes, size_t length, bool wait)
{
    (void)wait;
    ssize_t written = write(fd, bytes, length);
    if (written < 0 && errno != EAGAIN) {
        fail("write");
    }

    return written < 0 ? 0 : written;
}

static struct stream stream = { .write_some = write_pipe };

static bool try_send(const char *message, size_t length)
{
    return stream_try_send(&stream, message, length);
}

static void send_waiting(const char *message, size_t length)
{
    stream_send(&stream, message, length);
}

static const char *receive(size_t *length)
{
    return stream_receive(&stream, length);
}

/* ---- anonymous */

static int request_ends[2];
static int result_ends[2];

static void pipe_prepare(const struct place *place)
{
    (void)place;
    if (pipe(request_ends) < 0 || pipe(result_ends) < 0) {
        fail("pipe");
    }
}

static void pipe_open_answerer(void)
{
    close(request_ends[1]);
    close(result_ends[0]);
    stream.read_fd = request_ends[0];
    stream.write_fd = result_ends[1];
}

static void pipe_open_asker(void)
{
    close(request_ends[0]);
    close(result_ends[1]);
    stream.read_fd = result_ends[0];
    stream.write_fd = request_ends[1];
    fcntl(stream.write_fd, F_SETFL, O_WRONLY | O_NONBLOCK);
}

static void pipe_remove(void)
{
}

const struct channel pipe_channel = {
    "pipe", pipe_prepare, pipe_open_answerer, pipe_open_asker, try_send, send_waiting, receive, pipe_remove,
};

/* ---- with names */

static char request_path[256];
static char result_path[256];

static void fifo_prepare(const struct place *place)
{
    snprintf(request_path, sizeof request_path, "%s/requests", place->folder);
    snprintf(result_path, sizeof result_path, "%s/results", place->folder);
    if (mkfifo(request_path, 0600) < 0 || mkfifo(result_path, 0600) < 0) {
        fail("mkfifo");
    }
}

/* Each open waits for the other side's: both sides open them in one order, or they would wait for ever. */
static void fifo_open_answerer(void)
{
    stream.read_fd = open(request_path, O_RDONLY);
    stream.write_fd = open(result_path, O_WRONLY);
}

static void fifo_open_asker(void)
{
    stream.write_fd = open(request_path, O_WRONLY);
    stream.read_fd = open(result_path, O_RDONLY);
    fcntl(stream.write_fd, F_SETFL, O_WRONLY | O_NONBLOCK);
}

static void fifo_remove(void)
{
    unlink(request_path);
    unlink(result_path);
}

const struct channel fifo_channel = {
    "fifo", fifo_prepare, fifo_open_answerer, fifo_open_asker, try_send, send_waiting, receive, fifo_remove,
};
