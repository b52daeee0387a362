/* The asking side: one thread, as many in flight as there is room for, a histogram in two steps. bench/IpcBench does the same in ChannelAsker and Histogram. */
#define _GNU_SOURCE
#include "bench.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { BUCKETS = 1 << 20, FINE_NS = 10, COARSE_NS = 10000, WARM_UP_PERCENT = 10 };

struct usage {
    int64_t cpu_ns;
    long switches;
};

static uint32_t fine[BUCKETS];
static uint32_t coarse[BUCKETS];
static int64_t sent_ns[MAX_IN_FLIGHT];

int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static int64_t cpu_ns(clockid_t clock)
{
    struct timespec used = { 0 };
    clock_gettime(clock, &used);
    return used.tv_sec * 1000000000LL + used.tv_nsec;
}

static long switches_of(pid_t process)
{
    char path[64];
    char line[256];
    long sum = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *status = fopen(path, "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        char *name = strstr(line, "ctxt_switches:");
        sum += name == NULL ? 0 : atol(name + strlen("ctxt_switches:"));
    }

    if (status != NULL) {
        fclose(status);
    }

    return sum;
}

static struct usage read_usage(pid_t answerer)
{
    struct rusage own;
    struct usage usage;
    clockid_t clock;
    getrusage(RUSAGE_SELF, &own);
    usage.switches = own.ru_nvcsw + own.ru_nivcsw + switches_of(answerer);
    usage.cpu_ns = cpu_ns(CLOCK_PROCESS_CPUTIME_ID) + (clock_getcpuclockid(answerer, &clock) == 0 ? cpu_ns(clock) : 0);
    return usage;
}

static void count_one(int64_t ns)
{
    if (ns < (int64_t)BUCKETS * FINE_NS) {
        fine[ns / FINE_NS]++;
    } else {
        coarse[ns / COARSE_NS < BUCKETS ? ns / COARSE_NS : BUCKETS - 1]++;
    }
}

static int64_t quantile(long count, double share)
{
    long wanted = (long)(count * share);
    long seen = 0;
    wanted = wanted < count ? wanted : count - 1;
    for (int i = 0; i < 2 * BUCKETS; i++) {
        seen += i < BUCKETS ? fine[i] : coarse[i - BUCKETS];
        if (seen > wanted) {
            return i < BUCKETS ? (int64_t)i * FINE_NS : (int64_t)(i - BUCKETS) * COARSE_NS;
        }
    }

    return 0;
}

void measure(const struct channel *channel, pid_t answerer, size_t size, int in_flight, double seconds, int shares, char **share)
{
    static char request[MAX_MESSAGE];
    int64_t duration_ns = (int64_t)(seconds * 1e9);
    int64_t now = now_ns();
    int64_t counted_from_ns = now + duration_ns * WARM_UP_PERCENT / 100;
    int64_t first_ns = 0;
    int64_t sent = 0;
    int64_t answered = 0;
    int64_t reached = 0;
    long count = 0;
    struct usage before = { 0 };
    *(uint32_t *)request = (uint32_t)size;
    for (;;) {
        while (sent - answered < in_flight) {
            *(int64_t *)(request + 8) = sent;
            if (!channel->try_send(request, size)) {
                break;
            }

            sent_ns[sent % MAX_IN_FLIGHT] = now;
            sent++;
        }

        if (sent - answered > reached) {
            reached = sent - answered;
        }

        size_t length;
        if (channel->receive(&length) == NULL) {
            errno = 0;
            fail("the answerer has gone");
        }

        now = now_ns();
        if (first_ns != 0) {
            count_one(now - sent_ns[answered % MAX_IN_FLIGHT]);
            count++;
            if (now >= first_ns + duration_ns) {
                break;
            }
        } else if (now >= counted_from_ns && answered + 1 >= in_flight) {
            before = read_usage(answerer);

            /* Reading that took time, which is nobody's round trip. */
            int64_t read_ns = now_ns() - now;
            now += read_ns;
            first_ns = now;
            for (int i = 0; i < MAX_IN_FLIGHT; i++) {
                sent_ns[i] += read_ns;
            }
        }

        answered++;
    }

    struct usage after = read_usage(answerer);
    printf("%ld %lld %lld %ld %lld", count, (long long)(now - first_ns), (long long)(after.cpu_ns - before.cpu_ns), after.switches - before.switches,
        (long long)reached);
    for (int i = 0; i < shares; i++) {
        printf(" %lld", (long long)quantile(count, atof(share[i])));
    }

    printf("\n");
    fflush(stdout);
}
