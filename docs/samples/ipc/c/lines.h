/* Lines over a connected socket. */
#ifndef LINES_H
#define LINES_H

#include "find.h"

#include <unistd.h>

static inline void read_line(int fd, char *line, size_t size)
{
    size_t length = 0;
    /* A stream has no messages: a line may come in pieces. */
    while (length + 1 < size && memchr(line, '\n', length) == NULL) {
        ssize_t got = read(fd, line + length, size - 1 - length);
        if (got <= 0) {
            break;
        }

        length += (size_t)got;
    }

    line[length] = '\0';
    line[strcspn(line, "\n")] = '\0';
}

static inline void answer_line(int fd)
{
    char line[1024];
    read_line(fd, line, sizeof line);
    dprintf(fd, "%s\n", answer(line));
    close(fd);
}

static inline void ask_line(int fd, const char *text)
{
    char line[1024];
    dprintf(fd, "%s\n", text);
    read_line(fd, line, sizeof line);
    puts(line);
    close(fd);
}

#endif
