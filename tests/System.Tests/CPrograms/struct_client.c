/*
 * A chat client with ids: sends all lines of its input, then reads as many results. Several of them read from one mailbox, so each puts back
 * what is another user's. struct_client REQUEST_KEY RESULT_KEY USER_ID < lines
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/ipc.h>
#include <sys/msg.h>

struct request {
    long mtype;
    int request_id;
    int user_id;
    char cmd[256];
};

struct result {
    long mtype;
    int request_id;
    int user_id;
    char text[256];
};

#define BODY_BYTES (sizeof(struct request) - sizeof(long))

int main(int argc, char **argv)
{
    struct request q;
    struct result r;
    int requests, results, user, sent = 0, received = 0;

    if (argc != 4) {
        fprintf(stderr, "usage: struct_client REQUEST_KEY RESULT_KEY USER_ID\n");
        return 2;
    }

    requests = msgget(atoi(argv[1]), 0666 | IPC_CREAT);
    results = msgget(atoi(argv[2]), 0666 | IPC_CREAT);
    user = atoi(argv[3]);
    if (requests < 0 || results < 0) {
        perror("msgget");
        return 1;
    }

    memset(&q, 0, sizeof q);
    while (fgets(q.cmd, sizeof q.cmd, stdin) != NULL) {
        q.mtype = 1;
        q.request_id = ++sent;
        q.user_id = user;
        if (msgsnd(requests, &q, BODY_BYTES, 0) < 0) {
            perror("msgsnd");
            return 1;
        }

        memset(&q, 0, sizeof q);
    }

    while (received < sent) {
        if (msgrcv(results, &r, BODY_BYTES, 2, 0) < 0) {
            perror("msgrcv");
            return 1;
        }

        if (r.user_id != user) {
            if (msgsnd(results, &r, BODY_BYTES, 0) < 0) {
                perror("msgsnd");
                return 1;
            }

            usleep(500);
            continue;
        }

        received++;
        printf("%d %d %s\n", r.user_id, r.request_id, r.text);
    }

    return 0;
}
