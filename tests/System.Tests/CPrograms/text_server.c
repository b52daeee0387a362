/* A channel server of the old shape: type 1 in, type 2 out. text_server KEY */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

struct message {
    long mtype;
    char mtext[1024];
};

int main(int argc, char **argv)
{
    struct message m;
    int id;

    if (argc != 2) {
        fprintf(stderr, "usage: text_server KEY\n");
        return 2;
    }

    id = msgget(atoi(argv[1]), 0666 | IPC_CREAT);
    if (id < 0) {
        perror("msgget");
        return 1;
    }

    printf("ready\n");
    fflush(stdout);
    while (msgrcv(id, &m, sizeof m.mtext, 1, 0) >= 0) {
        char line[sizeof m.mtext];

        memcpy(line, m.mtext, sizeof line);
        memset(m.mtext, 0, sizeof m.mtext);
        if (strcmp(line, "/찾기 타락파워전사") == 0) {
            strcpy(m.mtext, "타락파워전사님은 지금 헤네시스에 있습니다.");
        } else if (strcmp(line, "/길게") == 0) {
            /* Characters of three bytes, and the last of them cut in two, as a careless strncpy does. */
            for (size_t i = 0; i < sizeof m.mtext - 2; i++) {
                m.mtext[i] = "가"[i % 3];
            }
        } else if (strcmp(line, "/끝") == 0) {
            return 0;
        } else {
            strcpy(m.mtext, "알 수 없는 명령입니다.");
        }

        m.mtype = 2;
        if (msgsnd(id, &m, sizeof m.mtext, 0) < 0) {
            break;
        }
    }

    perror("text_server");
    return 1;
}
