/* Two FIFOs, ADDRESS-request and ADDRESS-result. Opening one waits until somebody opens its other end. */
#define _GNU_SOURCE
#include "find.h"

#include <sys/stat.h>
#include <unistd.h>

static FILE *open_fifo(const char *path, const char *mode)
{
    FILE *file = fopen(path, mode);
    if (file == NULL) {
        fail(path);
    }

    return file;
}

int main(int argc, char **argv)
{
    int serves = is_server(argc, argv);
    char request[256];
    char result[256];
    char line[1024] = "";
    snprintf(request, sizeof request, "%s-request", argv[2]);
    snprintf(result, sizeof result, "%s-result", argv[2]);
    if (serves) {
        if (mkfifo(request, 0600) < 0 || mkfifo(result, 0600) < 0) {
            fail("mkfifo");
        }

        ready();
        FILE *requests = open_fifo(request, "r");
        FILE *results = open_fifo(result, "w");
        if (fgets(line, sizeof line, requests) == NULL) {
            fail("fgets");
        }

        line[strcspn(line, "\n")] = '\0';
        fprintf(results, "%s\n", answer(line));
        fclose(results);
        unlink(request);
        unlink(result);
    } else {
        /* In the order in which the server opens them. */
        FILE *requests = open_fifo(request, "w");
        FILE *results = open_fifo(result, "r");
        fprintf(requests, "%s\n", argv[3]);
        fflush(requests);
        if (fgets(line, sizeof line, results) != NULL) {
            fputs(line, stdout);
        }
    }

    return 0;
}
