/*
 * A chatD written in C, from docs/wire-format.md alone: greets channelD, logs a character in, sends one line, prints the answer, says farewell.
 * msgpack_peer REQUEST_KEY RESULT_KEY INSTANCE NAME LINE
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <time.h>
#include <unistd.h>

enum { KIND_REQUEST = 1, KIND_RESULT = 2, KIND_EVENT = 3, KIND_CONTROL = 4 };
enum { COMMAND = 1, COMMAND_RESULT = 2, LOG_IN = 3, LOG_IN_RESULT = 4, GREETING = 32, GREETING_ANSWER = 33, FAREWELL = 34 };

#define FRAME_BYTES 8192
#define USER 42

struct frame {
    long mtype;
    unsigned char bytes[FRAME_BYTES];
};

static struct frame f;
static size_t at, size;
static int requests, results, instance;
static uint64_t generation;

static void die(const char *what)
{
    fprintf(stderr, "msgpack_peer: %s\n", what);
    exit(1);
}

/* ---- writing ---- */

static void put(unsigned char byte)
{
    if (at == FRAME_BYTES)
        die("the frame is full");
    f.bytes[at++] = byte;
}

/* The longest encoding is as good as the shortest. */
static void put_number(uint64_t value)
{
    put(0xcf);
    for (int shift = 56; shift >= 0; shift -= 8)
        put((unsigned char)(value >> shift));
}

static void put_array(int count) { put((unsigned char)(0x90 | count)); }
static void put_nil(void) { put(0xc0); }

static void put_string(const char *text)
{
    size_t length = strlen(text);

    if (length > 255)
        die("the text is too long");
    put(0xd9);
    put((unsigned char)length);
    while (*text != 0)
        put((unsigned char)*text++);
}

/* Everything before the body. */
static void begin(int kind, uint64_t request_id)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    at = 0;
    put_array(10);
    put_number(1);
    put_number((uint64_t)kind);
    put_number(request_id);
    put_number(generation);
    put_number(kind == KIND_REQUEST ? (uint64_t)(4 * instance + KIND_RESULT) : 0);
    put_number(kind == KIND_REQUEST ? USER : 0);
    put_number(kind == KIND_REQUEST ? ((uint64_t)now.tv_sec + 30) * 1000000000u + (uint64_t)now.tv_nsec : 0);
    put_nil();
    put_nil();
}

/* To channelD of channel 1, whose instance is 0: its mailboxes are the kinds themselves. */
static void send_frame(int kind)
{
    f.mtype = kind;
    for (int attempt = 0; msgsnd(requests, &f, at, IPC_NOWAIT) != 0; attempt++) {
        if (attempt == 1000)
            die("the request queue is full");
        usleep(1000);
    }
}

/* ---- reading ---- */

static unsigned take(void)
{
    if (at == size)
        die("a frame is truncated");
    return f.bytes[at++];
}

static uint64_t take_bytes(int count)
{
    uint64_t value = 0;

    while (count-- > 0)
        value = value << 8 | take();
    return value;
}

static uint64_t take_number(void)
{
    unsigned code = take();

    if (code <= 0x7f)
        return code;
    switch (code) {
    case 0xcc: case 0xd0: return take_bytes(1);
    case 0xcd: case 0xd1: return take_bytes(2);
    case 0xce: case 0xd2: return take_bytes(4);
    case 0xcf: case 0xd3: return take_bytes(8);
    default: die("a number was expected");
    }
    return 0;
}

static int take_array(void)
{
    unsigned code = take();

    if ((code & 0xf0) == 0x90)
        return (int)(code & 0x0f);
    if (code != 0xdc)
        die("an array was expected");
    return (int)take_bytes(2);
}

static int take_nil(void)
{
    if (at < size && f.bytes[at] == 0xc0) {
        at++;
        return 1;
    }
    return 0;
}

/* Into a buffer of its own, with a NUL; nil is an empty string. */
static void take_string(char *to, size_t room)
{
    size_t length;
    unsigned code;

    *to = 0;
    if (take_nil())
        return;
    code = take();
    if ((code & 0xe0) == 0xa0)
        length = code & 0x1f;
    else if (code == 0xd9)
        length = (size_t)take_bytes(1);
    else if (code == 0xda)
        length = (size_t)take_bytes(2);
    else
        die("a string was expected");
    if (length >= room || length > size - at)
        die("a string is too long");
    memcpy(to, f.bytes + at, length);
    to[length] = 0;
    at += length;
}

/* Waits for a frame of a mailbox, and reads it up to its body. Returns its request id. */
static uint64_t receive(int kind, uint64_t expected_generation)
{
    uint64_t request_id, found, user;
    ssize_t length = msgrcv(results, &f, FRAME_BYTES, 4 * instance + kind, 0);

    if (length < 0)
        die("msgrcv failed");
    at = 0;
    size = (size_t)length;
    if (take_array() < 10 || take_number() != 1)
        die("this is no frame of version 1");
    take_number(); /* kind */
    request_id = take_number();
    found = take_number();
    take_number(); /* reply mailbox */
    user = take_number();
    take_number(); /* deadline */
    if (!take_nil() || !take_nil())
        die("a trace or a part was not expected");
    if (kind == KIND_RESULT && (found != expected_generation || user != USER))
        die("a result is not mine");
    return request_id;
}

static void greet(void)
{
    begin(KIND_CONTROL, 0);
    put_array(4);
    put_number(GREETING);
    put_number((uint64_t)instance);
    put_number(0); /* IPC namespace: unknown */
    put_number(0); /* no channelD met yet */
    send_frame(KIND_CONTROL);

    receive(KIND_EVENT, 0);
    if (take_array() < 5 || take_number() != GREETING_ANSWER)
        die("the greeting was not answered");
    printf("channel %d\n", (int)take_number());
    take_number(); /* IPC namespace */
    if (take_number() != generation)
        die("another chatD was greeted");
}

static void expect_ok(uint64_t request_id, int type)
{
    int status;
    char code[64];

    if (receive(KIND_RESULT, generation) != request_id)
        die("another request was answered");
    if (take_array() < 3)
        die("a result has three fields");
    status = (int)take_number();
    take_string(code, sizeof code);
    printf("status %d %s\n", status, code);
    if (take_nil()) {
        exit(3);
    }
    if (take_array() < 1 || (int)take_number() != type)
        die("another message was expected");
}

int main(int argc, char **argv)
{
    char text[256];
    int arguments;

    if (argc != 6) {
        fprintf(stderr, "usage: msgpack_peer REQUEST_KEY RESULT_KEY INSTANCE NAME LINE\n");
        return 2;
    }

    requests = msgget(atoi(argv[1]), 0);
    results = msgget(atoi(argv[2]), 0);
    instance = atoi(argv[3]);
    generation = (uint64_t)getpid() << 32 | (uint64_t)time(NULL);
    if (requests < 0 || results < 0)
        die("the queues are not there");

    greet();

    begin(KIND_REQUEST, 1);
    put_array(4);
    put_number(LOG_IN);
    put_string(argv[4]);
    put_number(1);
    put_string("커닝시티");
    send_frame(KIND_REQUEST);
    expect_ok(1, LOG_IN_RESULT);
    take_string(text, sizeof text);
    printf("name %s\n", text);
    fflush(stdout);

    begin(KIND_REQUEST, 2);
    put_array(2);
    put_number(COMMAND);
    put_string(argv[5]);
    send_frame(KIND_REQUEST);
    expect_ok(2, COMMAND_RESULT);
    take_string(text, sizeof text);
    printf("command %s\n", text);
    take_string(text, sizeof text);
    printf("code %s\n", text);
    arguments = take_array();
    for (int i = 0; i < arguments; i++) {
        take_string(text, sizeof text);
        printf("argument %s\n", text);
    }
    printf("ready\n");
    fflush(stdout);

    /* Until its input ends the character stays in the game; its lease is renewed by a greeting before each line. */
    while (fgets(text, sizeof text, stdin) != NULL)
        greet();

    begin(KIND_CONTROL, 0);
    put_array(2);
    put_number(FAREWELL);
    put_number((uint64_t)instance);
    send_frame(KIND_CONTROL);
    return 0;
}
