/* Two POSIX queues, ADDRESS-request and ADDRESS-result; ADDRESS begins with a slash. */
#define _GNU_SOURCE
#include "find.h"

#include <fcntl.h>
#include <mqueue.h>

enum { MESSAGE_BYTES = 1024 };

static char text[MESSAGE_BYTES + 1];

static mqd_t open_queue(const char *name, const char *suffix, int flags)
{
    char full[256];
    struct mq_attr attributes = { .mq_maxmsg = 10, .mq_msgsize = MESSAGE_BYTES };
    snprintf(full, sizeof full, "%s-%s", name, suffix);
    mqd_t queue = mq_open(full, flags, 0600, &attributes);
    if (queue == (mqd_t)-1) {
        fail("mq_open");
    }

    return queue;
}

static void put(mqd_t queue, const char *line)
{
    if (mq_send(queue, line, strlen(line), 0) < 0) {
        fail("mq_send");
    }
}

static char *get(mqd_t queue)
{
    ssize_t length = mq_receive(queue, text, MESSAGE_BYTES, NULL);
    if (length < 0) {
        fail("mq_receive");
    }

    text[length] = '\0';
    return text;
}

static void remove_queue(const char *name, const char *suffix)
{
    char full[256];
    snprintf(full, sizeof full, "%s-%s", name, suffix);
    mq_unlink(full);
}

int main(int argc, char **argv)
{
    if (is_server(argc, argv)) {
        mqd_t requests = open_queue(argv[2], "request", O_RDONLY | O_CREAT);
        mqd_t results = open_queue(argv[2], "result", O_WRONLY | O_CREAT);
        ready();
        put(results, answer(get(requests)));
        remove_queue(argv[2], "request");
    } else {
        mqd_t requests = open_queue(argv[2], "request", O_WRONLY);
        mqd_t results = open_queue(argv[2], "result", O_RDONLY);
        put(requests, argv[3]);
        puts(get(results));
        remove_queue(argv[2], "result");
    }

    return 0;
}
