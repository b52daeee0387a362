/* What all samples share. Each server answers one request, removes what it made, and ends. */
#ifndef FIND_H
#define FIND_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline const char *answer(const char *line)
{
    return strcmp(line, "/찾기 타락파워전사") == 0 ? "타락파워전사님은 지금 헤네시스에 있습니다." : "그런 이름의 캐릭터가 없습니다.";
}

static inline void ready(void)
{
    puts("ready");
    fflush(stdout);
}

static inline void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* Whether the program was started as "PROGRAM server ADDRESS"; else it was "PROGRAM client ADDRESS LINE". */
static inline int is_server(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "server") == 0) {
        return 1;
    }

    if (argc != 4 || strcmp(argv[1], "client") != 0) {
        fprintf(stderr, "usage: %s server ADDRESS | client ADDRESS LINE\n", argv[0]);
        exit(2);
    }

    return 0;
}

#endif
