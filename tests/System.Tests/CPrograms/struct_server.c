/* A channel server with ids: answers with the same ids. struct_server REQUEST_KEY RESULT_KEY */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
    int requests, results;

    if (argc != 3) {
        fprintf(stderr, "usage: struct_server REQUEST_KEY RESULT_KEY\n");
        return 2;
    }

    requests = msgget(atoi(argv[1]), 0666 | IPC_CREAT);
    results = msgget(atoi(argv[2]), 0666 | IPC_CREAT);
    if (requests < 0 || results < 0) {
        perror("msgget");
        return 1;
    }

    printf("ready\n");
    fflush(stdout);
    while (msgrcv(requests, &q, BODY_BYTES, 1, 0) >= 0) {
        memset(&r, 0, sizeof r);
        r.mtype = 2;
        r.request_id = q.request_id;
        r.user_id = q.user_id;
        if (strncmp(q.cmd, "/찾기 ", strlen("/찾기 ")) == 0) {
            snprintf(r.text, sizeof r.text, "%.200s님은 지금 C 채널에 있습니다.", q.cmd + strlen("/찾기 "));
        } else if (strcmp(q.cmd, "/끝") == 0) {
            return 0;
        } else {
            strcpy(r.text, "알 수 없는 명령입니다.");
        }

        if (msgsnd(results, &r, BODY_BYTES, 0) < 0) {
            break;
        }
    }

    perror("struct_server");
    return 1;
}
