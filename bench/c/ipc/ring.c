/*
 * Two rings in memory that both processes see: one for requests, one for results. The layout is that of bench/IpcBench's RingDescriptor; the waiting that of
 * its RingIdle, but for the rest after a while of nothing, for which these processes do not live long enough.
 */
#define _GNU_SOURCE
#include "bench.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { CAPACITY = 1 << 20, LENGTH_BYTES = 8, LOOKS_PER_YIELD = 200, POLL_NS = 50000 };

enum wait { BY_FUTEX, BY_SPINNING, BY_POLLING };

struct ring {
    _Alignas(64) _Atomic uint64_t head;
    _Alignas(64) _Atomic uint64_t tail;
    _Alignas(64) _Atomic uint32_t reader_sleeps;
    _Alignas(64) _Atomic uint32_t writer_sleeps;
    _Alignas(64) char data[CAPACITY];
};

static enum wait wait_by;
static char path[256];
static struct ring *rings;
static struct ring *read_ring;
static struct ring *write_ring;
static char received[MAX_MESSAGE];

static void pause_briefly(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void wait_for(_Atomic uint64_t *position, uint32_t seen, _Atomic uint32_t *sleeps, unsigned *looks)
{
    switch (wait_by) {
    case BY_FUTEX:
        atomic_store(sleeps, 1);
        if ((uint32_t)atomic_load(position) == seen) {
            /* The low half of the position; little-endian. */
            struct timespec second = { .tv_sec = 1 };
            syscall(SYS_futex, position, FUTEX_WAIT, seen, &second, NULL, 0);
        }

        atomic_store(sleeps, 0);
        break;
    case BY_SPINNING:
        if (++*looks % LOOKS_PER_YIELD == 0) {
            sched_yield();
        } else {
            pause_briefly();
        }

        break;
    case BY_POLLING:
        nanosleep(&(struct timespec){ .tv_nsec = POLL_NS }, NULL);
        break;
    }
}

static void publish(_Atomic uint64_t *position, uint64_t value, _Atomic uint32_t *sleeps)
{
    if (wait_by != BY_FUTEX) {
        atomic_store_explicit(position, value, memory_order_release);
        return;
    }

    atomic_store(position, value);
    /* The mark is the sleeper's, who takes it back when he is up: taken from here it could be that of his next sleep, and nobody would wake him from that. */
    if (atomic_load(sleeps) != 0) {
        syscall(SYS_futex, position, FUTEX_WAKE, 1, NULL, NULL, 0);
    }
}

static uint64_t record_bytes(size_t length)
{
    return LENGTH_BYTES + ((length + LENGTH_BYTES - 1) & ~(uint64_t)(LENGTH_BYTES - 1));
}

static bool try_send(const char *message, size_t length)
{
    struct ring *ring = write_ring;
    uint64_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
    if (tail - atomic_load_explicit(&ring->head, memory_order_acquire) + record_bytes(length) > CAPACITY) {
        return false;
    }

    uint64_t from = (tail + LENGTH_BYTES) % CAPACITY;
    size_t first = length < CAPACITY - from ? length : CAPACITY - from;
    *(uint64_t *)(ring->data + tail % CAPACITY) = length;
    memcpy(ring->data + from, message, first);
    memcpy(ring->data, message + first, length - first);
    publish(&ring->tail, tail + record_bytes(length), &ring->reader_sleeps);
    return true;
}

static void send_waiting(const char *message, size_t length)
{
    unsigned looks = 0;
    for (;;) {
        uint32_t seen = (uint32_t)atomic_load(&write_ring->head);
        if (try_send(message, length)) {
            return;
        }

        wait_for(&write_ring->head, seen, &write_ring->writer_sleeps, &looks);
    }
}

static const char *receive(size_t *length)
{
    struct ring *ring = read_ring;
    unsigned looks = 0;
    uint64_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    while (atomic_load_explicit(&ring->tail, memory_order_acquire) == head) {
        wait_for(&ring->tail, (uint32_t)head, &ring->reader_sleeps, &looks);
    }

    *length = *(uint64_t *)(ring->data + head % CAPACITY);
    uint64_t from = (head + LENGTH_BYTES) % CAPACITY;
    size_t first = *length < CAPACITY - from ? *length : CAPACITY - from;
    memcpy(received, ring->data + from, first);
    memcpy(received + first, ring->data, *length - first);
    publish(&ring->head, head + record_bytes(*length), &ring->writer_sleeps);
    return received;
}

static void map(int fd)
{
    if (fd < 0 || ftruncate(fd, 2 * sizeof(struct ring)) < 0) {
        fail(path);
    }

    rings = mmap(NULL, 2 * sizeof(struct ring), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (rings == MAP_FAILED) {
        fail("mmap");
    }

    close(fd);
}

static void prepare_memory(const struct place *place, enum wait by)
{
    wait_by = by;
    snprintf(path, sizeof path, "/%s", place->name);
    map(shm_open(path, O_RDWR | O_CREAT | O_EXCL, 0600));
}

static void futex_prepare(const struct place *place)
{
    prepare_memory(place, BY_FUTEX);
}

static void spin_prepare(const struct place *place)
{
    prepare_memory(place, BY_SPINNING);
}

static void poll_prepare(const struct place *place)
{
    wait_by = BY_POLLING;
    snprintf(path, sizeof path, "%s/rings", place->folder);
    map(open(path, O_RDWR | O_CREAT | O_EXCL, 0600));
}

static void open_answerer(void)
{
    read_ring = &rings[0];
    write_ring = &rings[1];
}

static void open_asker(void)
{
    read_ring = &rings[1];
    write_ring = &rings[0];
}

static void remove_memory(void)
{
    shm_unlink(path);
}

static void remove_file(void)
{
    unlink(path);
}

const struct channel shm_futex_channel = {
    "shm-futex", futex_prepare, open_answerer, open_asker, try_send, send_waiting, receive, remove_memory,
};

const struct channel shm_spin_channel = {
    "shm-spin", spin_prepare, open_answerer, open_asker, try_send, send_waiting, receive, remove_memory,
};

const struct channel mmap_poll_channel = {
    "mmap-poll", poll_prepare, open_answerer, open_asker, try_send, send_waiting, receive, remove_file,
};
