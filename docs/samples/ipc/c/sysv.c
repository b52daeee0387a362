/* A System V queue; the type of a message says whether it is a request (1) or a result (2). ADDRESS is a key. */
#define _GNU_SOURCE
#include "find.h"

#include <errno.h>
#include <sched.h>
#include <sys/ipc.h>
#include <sys/msg.h>

enum { REQUEST = 1, RESULT = 2 };

struct message {
    long mtype;
    char mtext[1024];
};

static struct message message;

static void put(int queue, long type, const char *text)
{
    message.mtype = type;
    size_t length = strlen(text);
    memcpy(message.mtext, text, length);
    if (msgsnd(queue, &message, length, 0) < 0) {
        fail("msgsnd");
    }
}

static char *get(int queue, long type)
{
    ssize_t length = msgrcv(queue, &message, sizeof message.mtext - 1, type, 0);
    if (length < 0) {
        fail("msgrcv");
    }

    message.mtext[length] = '\0';
    return message.mtext;
}

int main(int argc, char **argv)
{
    int serves = is_server(argc, argv);
    int queue = msgget(atoi(argv[2]), serves ? IPC_CREAT | IPC_EXCL | 0600 : 0);
    if (queue < 0) {
        fail("msgget");
    }

    if (serves) {
        ready();
        put(queue, RESULT, answer(get(queue, REQUEST)));

        /* The queue would outlive both processes; but the result in it must be read first: as long as it is there, it is too large for no bytes. */
        while (msgrcv(queue, &message, 0, RESULT, IPC_NOWAIT) < 0 && errno == E2BIG) {
            sched_yield();
        }

        msgctl(queue, IPC_RMID, NULL);
    } else {
        put(queue, REQUEST, argv[3]);
        puts(get(queue, RESULT));
    }

    return 0;
}
