/* POST /find with the line as its body, by hand. ADDRESS is a port. A real program uses a library: this one knows no chunks and no other headers. */
#define _GNU_SOURCE
#include "find.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

/* Reads a head and a body of the length that it names, or until the end; returns the body. */
static char *read_message(int fd, char *buffer, size_t size)
{
    size_t length = 0;
    for (;;) {
        buffer[length] = '\0';
        char *body = strstr(buffer, "\r\n\r\n");
        char *named = strcasestr(buffer, "content-length:");
        if (body != NULL && named != NULL && strlen(body + 4) >= strtoul(named + strlen("content-length:"), NULL, 10)) {
            return body + 4;
        }

        /* Who may not send it all at once asks first whether to send the body. */
        if (body != NULL && length > 0 && strcasestr(buffer, "expect: 100-continue") != NULL && strlen(body + 4) == 0) {
            dprintf(fd, "HTTP/1.1 100 Continue\r\n\r\n");
        }

        ssize_t got = length + 1 < size ? read(fd, buffer + length, size - 1 - length) : 0;
        if (got <= 0) {
            return body != NULL ? body + 4 : buffer;
        }

        length += (size_t)got;
    }
}

int main(int argc, char **argv)
{
    int serves = is_server(argc, argv);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    static char buffer[8192];
    if (serves) {
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1) < 0) {
            fail("bind");
        }

        ready();
        int client = accept(fd, NULL, NULL);
        const char *text = answer(read_message(client, buffer, sizeof buffer));
        dprintf(client, "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", strlen(text), text);
        close(client);
    } else {
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
            fail("connect");
        }

        dprintf(fd, "POST /find HTTP/1.0\r\nHost: 127.0.0.1:%s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %zu\r\n\r\n%s", argv[2],
            strlen(argv[3]), argv[3]);
        puts(read_message(fd, buffer, sizeof buffer));
        close(fd);
    }

    return 0;
}
