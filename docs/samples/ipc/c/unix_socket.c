/* A stream over a Unix socket; a line is a message. ADDRESS is a path. */
#define _GNU_SOURCE
#include "lines.h"

#include <sys/socket.h>
#include <sys/un.h>

int main(int argc, char **argv)
{
    int serves = is_server(argc, argv);
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", argv[2]);
    if (serves) {
        if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1) < 0) {
            fail("bind");
        }

        ready();
        answer_line(accept(fd, NULL, NULL));
        unlink(argv[2]);
    } else {
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
            fail("connect");
        }

        ask_line(fd, argv[3]);
    }

    return 0;
}
