/*
 * Pipes without names: the client starts the server and has the other ends of its standard input and output.
 *   pipe server
 *   pipe client LINE PROGRAM [ARGUMENT...]
 */
#define _GNU_SOURCE
#include "find.h"

#include <sys/wait.h>
#include <unistd.h>

static void serve(void)
{
    char line[1024];
    if (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        puts(answer(line));
    }
}

static void ask(const char *line, char **program)
{
    int requests[2];
    int results[2];
    char text[1024];
    if (pipe(requests) < 0 || pipe(results) < 0) {
        fail("pipe");
    }

    pid_t server = fork();
    if (server == 0) {
        dup2(requests[0], STDIN_FILENO);
        dup2(results[1], STDOUT_FILENO);
        close(requests[0]);
        close(requests[1]);
        close(results[0]);
        close(results[1]);
        execvp(program[0], program);
        fail(program[0]);
    }

    /* Whoever keeps an end open that it does not use never sees the end of the other's writing. */
    close(requests[0]);
    close(results[1]);
    dprintf(requests[1], "%s\n", line);
    FILE *reader = fdopen(results[0], "r");
    if (fgets(text, sizeof text, reader) != NULL) {
        fputs(text, stdout);
    }

    waitpid(server, NULL, 0);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "server") == 0) {
        serve();
    } else if (argc > 3 && strcmp(argv[1], "client") == 0) {
        ask(argv[2], argv + 3);
    } else {
        fprintf(stderr, "usage: pipe server | pipe client LINE PROGRAM [ARGUMENT...]\n");
        return 2;
    }

    return 0;
}
