/* A chat client of the old shape: one line at a time, type 1 out, type 2 back. text_client KEY < lines */
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
        fprintf(stderr, "usage: text_client KEY\n");
        return 2;
    }

    id = msgget(atoi(argv[1]), 0666 | IPC_CREAT);
    if (id < 0) {
        perror("msgget");
        return 1;
    }

    printf("ready\n");
    fflush(stdout);
    memset(&m, 0, sizeof m);
    while (fgets(m.mtext, sizeof m.mtext, stdin) != NULL) {
        m.mtype = 1;
        if (msgsnd(id, &m, sizeof m.mtext, 0) < 0) {
            perror("msgsnd");
            return 1;
        }

        if (msgrcv(id, &m, sizeof m.mtext, 2, 0) < 0) {
            perror("msgrcv");
            return 1;
        }

        printf("%s\n", m.mtext);
        fflush(stdout);
        memset(&m, 0, sizeof m);
    }

    return 0;
}
