/* Unix sockets of the three kinds, and TCP on the loopback address. */
#define _GNU_SOURCE
#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static struct sockaddr_un answerer_address = { .sun_family = AF_UNIX };
static struct sockaddr_un asker_address = { .sun_family = AF_UNIX };
static struct sockaddr_in tcp_address = { .sin_family = AF_INET };
static int kind;
static int listener = -1;
static int asker_socket = -1;
static int connected;
static char received[MAX_MESSAGE];

static ssize_t send_some(int fd, const char *bytes, size_t length, bool wait)
{
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT));
    if (sent < 0 && errno != EAGAIN) {
        fail("send");
    }

    return sent < 0 ? 0 : sent;
}

static struct stream stream = { .write_some = send_some };

static int make(int family, int type)
{
    int made = socket(family, type, 0);
    if (made < 0) {
        fail("socket");
    }

    return made;
}

static int bind_at(struct sockaddr_un *address, const struct place *place, const char *name)
{
    int made = make(AF_UNIX, kind);
    snprintf(address->sun_path, sizeof address->sun_path, "%s/%s", place->folder, name);
    if (bind(made, (struct sockaddr *)address, sizeof *address) < 0) {
        fail("bind");
    }

    return made;
}

static void use(int fd)
{
    connected = fd;
    stream.read_fd = fd;
    stream.write_fd = fd;
}

static void unix_prepare(const struct place *place)
{
    listener = bind_at(&answerer_address, place, "answerer");
    if (kind != SOCK_DGRAM && listen(listener, 1) < 0) {
        fail("listen");
    }

    /* Both datagram sockets are there before either side sends. */
    asker_socket = kind == SOCK_DGRAM ? bind_at(&asker_address, place, "asker") : -1;
}

static void connect_to(int fd, const struct sockaddr_un *address)
{
    if (connect(fd, (const struct sockaddr *)address, sizeof *address) < 0) {
        fail("connect");
    }
}

static void unix_open_answerer(void)
{
    if (kind == SOCK_DGRAM) {
        close(asker_socket);
        connect_to(listener, &asker_address);
        use(listener);
    } else {
        use(accept(listener, NULL, NULL));
    }
}

static void unix_open_asker(void)
{
    int fd = kind == SOCK_DGRAM ? asker_socket : make(AF_UNIX, kind);
    connect_to(fd, &answerer_address);
    close(listener);
    use(fd);
}

static void unix_remove(void)
{
    unlink(answerer_address.sun_path);
    unlink(asker_address.sun_path);
}

static bool stream_try(const char *message, size_t length)
{
    return stream_try_send(&stream, message, length);
}

static void stream_wait(const char *message, size_t length)
{
    stream_send(&stream, message, length);
}

static const char *stream_get(size_t *length)
{
    return stream_receive(&stream, length);
}

static bool message_try(const char *message, size_t length)
{
    return send_some(connected, message, length, false) > 0;
}

static void message_wait(const char *message, size_t length)
{
    send_some(connected, message, length, true);
}

static const char *message_get(size_t *length)
{
    ssize_t got = recv(connected, received, sizeof received, 0);
    *length = (size_t)got;
    return got <= 0 ? NULL : received;
}

static void stream_prepare(const struct place *place)
{
    kind = SOCK_STREAM;
    unix_prepare(place);
}

static void seqpacket_prepare(const struct place *place)
{
    kind = SOCK_SEQPACKET;
    unix_prepare(place);
}

static void datagram_prepare(const struct place *place)
{
    kind = SOCK_DGRAM;
    unix_prepare(place);
}

const struct channel unix_stream_channel = {
    "unix-stream", stream_prepare, unix_open_answerer, unix_open_asker, stream_try, stream_wait, stream_get, unix_remove,
};

const struct channel unix_seqpacket_channel = {
    "unix-seqpacket", seqpacket_prepare, unix_open_answerer, unix_open_asker, message_try, message_wait, message_get, unix_remove,
};

const struct channel unix_datagram_channel = {
    "unix-datagram", datagram_prepare, unix_open_answerer, unix_open_asker, message_try, message_wait, message_get, unix_remove,
};

/* ---- TCP */

static void tcp_prepare(const struct place *place)
{
    (void)place;
    socklen_t size = sizeof tcp_address;
    listener = make(AF_INET, SOCK_STREAM);
    tcp_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&tcp_address, size) < 0 || listen(listener, 1) < 0
        || getsockname(listener, (struct sockaddr *)&tcp_address, &size) < 0) {
        fail("bind");
    }
}

static void use_tcp(int fd)
{
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    use(fd);
}

static void tcp_open_answerer(void)
{
    use_tcp(accept(listener, NULL, NULL));
}

static void tcp_open_asker(void)
{
    int fd = make(AF_INET, SOCK_STREAM);
    if (connect(fd, (struct sockaddr *)&tcp_address, sizeof tcp_address) < 0) {
        fail("connect");
    }

    use_tcp(fd);
}

static void tcp_remove(void)
{
}

const struct channel tcp_channel = {
    "tcp", tcp_prepare, tcp_open_answerer, tcp_open_asker, stream_try, stream_wait, stream_get, tcp_remove,
};
