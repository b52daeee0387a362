/* System V and POSIX message queues: one for requests, one for results. */
#define _GNU_SOURCE
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

enum { TYPE = 1 };

struct message {
    long mtype;
    char mtext[MAX_MESSAGE];
};

static struct message sent = { .mtype = TYPE };
static struct message received;

/* ---- System V */

static int requests = -1;
static int results = -1;
static int read_id;
static int write_id;

static void sysv_prepare(const struct place *place)
{
    requests = msgget(place->key, IPC_CREAT | IPC_EXCL | 0600);
    results = msgget(place->key + 1, IPC_CREAT | IPC_EXCL | 0600);
    if (requests < 0 || results < 0) {
        fail("msgget");
    }
}

static void sysv_open_answerer(void)
{
    read_id = requests;
    write_id = results;
}

static void sysv_open_asker(void)
{
    read_id = results;
    write_id = requests;
}

static bool sysv_put(const char *message, size_t length, int flags)
{
    memcpy(sent.mtext, message, length);
    if (msgsnd(write_id, &sent, length, flags) == 0) {
        return true;
    }

    if (errno != EAGAIN) {
        fail("msgsnd");
    }

    return false;
}

static bool sysv_try_send(const char *message, size_t length)
{
    return sysv_put(message, length, IPC_NOWAIT);
}

static void sysv_send(const char *message, size_t length)
{
    sysv_put(message, length, 0);
}

static const char *sysv_receive(size_t *length)
{
    ssize_t read = msgrcv(read_id, &received, MAX_MESSAGE, TYPE, 0);
    *length = (size_t)read;
    return read < 0 ? NULL : received.mtext;
}

static void sysv_remove(void)
{
    msgctl(requests, IPC_RMID, NULL);
    msgctl(results, IPC_RMID, NULL);
}

const struct channel sysv_channel = {
    "sysv", sysv_prepare, sysv_open_answerer, sysv_open_asker, sysv_try_send, sysv_send, sysv_receive, sysv_remove,
};

/* The same, but who waits looks again and again, without sleeping. */
static const char *sysv_receive_spinning(size_t *length)
{
    ssize_t read;
    do {
        read = msgrcv(read_id, &received, MAX_MESSAGE, TYPE, IPC_NOWAIT);
    } while (read < 0 && (errno == ENOMSG || errno == EINTR));

    *length = (size_t)read;
    return read < 0 ? NULL : received.mtext;
}

const struct channel sysv_spin_channel = {
    "sysv-spin", sysv_prepare, sysv_open_answerer, sysv_open_asker, sysv_try_send, sysv_send, sysv_receive_spinning, sysv_remove,
};

/* ---- POSIX */

static char request_name[128];
static char result_name[128];
static mqd_t read_queue;
static mqd_t write_queue;

static mqd_t open_queue(const char *name, int flags)
{
    mqd_t queue = mq_open(name, flags);
    if (queue == (mqd_t)-1) {
        fail("mq_open");
    }

    return queue;
}

static void make_queue(const char *name)
{
    long most = 10;
    FILE *limit = fopen("/proc/sys/fs/mqueue/msg_max", "r");
    if (limit != NULL) {
        if (fscanf(limit, "%ld", &most) != 1) {
            most = 10;
        }

        fclose(limit);
    }

    struct mq_attr attributes = { .mq_maxmsg = most, .mq_msgsize = MAX_MESSAGE };
    mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
    if (queue == (mqd_t)-1) {
        fail("mq_open");
    }

    mq_close(queue);
}

static void posix_prepare(const struct place *place)
{
    snprintf(request_name, sizeof request_name, "/%s-requests", place->name);
    snprintf(result_name, sizeof result_name, "/%s-results", place->name);
    make_queue(request_name);
    make_queue(result_name);
}

static void posix_open_answerer(void)
{
    read_queue = open_queue(request_name, O_RDONLY);
    write_queue = open_queue(result_name, O_WRONLY);
}

static void posix_open_asker(void)
{
    read_queue = open_queue(result_name, O_RDONLY);
    write_queue = open_queue(request_name, O_WRONLY | O_NONBLOCK);
}

static bool posix_try_send(const char *message, size_t length)
{
    if (mq_send(write_queue, message, length, 0) == 0) {
        return true;
    }

    if (errno != EAGAIN) {
        fail("mq_send");
    }

    return false;
}

static void posix_send(const char *message, size_t length)
{
    posix_try_send(message, length);
}

static const char *posix_receive(size_t *length)
{
    ssize_t read = mq_receive(read_queue, received.mtext, MAX_MESSAGE, NULL);
    *length = (size_t)read;
    return read < 0 ? NULL : received.mtext;
}

static void posix_remove(void)
{
    mq_unlink(request_name);
    mq_unlink(result_name);
}

const struct channel posix_channel = {
    "posix", posix_prepare, posix_open_answerer, posix_open_asker, posix_try_send, posix_send, posix_receive, posix_remove,
};
