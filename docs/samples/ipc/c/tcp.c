/* A stream over TCP on the loopback address; a line is a message. ADDRESS is a port. */
#define _GNU_SOURCE
#include "lines.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    int serves = is_server(argc, argv);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    if (serves) {
        /* Or the port stays taken for a minute after the last connection. */
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1) < 0) {
            fail("bind");
        }

        ready();
        answer_line(accept(fd, NULL, NULL));
    } else {
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
            fail("connect");
        }

        ask_line(fd, argv[3]);
    }

    return 0;
}
