/* Another local user who makes a queue of the daemons' key first, open to all: squatter KEY */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: squatter KEY\n");
        return 2;
    }

    if (setgid(65534) != 0 || setuid(65534) != 0) {
        perror("setuid");
        return 1;
    }

    if (msgget(atoi(argv[1]), 0666 | IPC_CREAT | IPC_EXCL) < 0) {
        perror("msgget");
        return 1;
    }

    return 0;
}
