/* What the measures of one thread share: the clock, a histogram in steps of 10 ns up to 10.4 ms, and the process's context switches. */
#ifndef ROUND_TRIPS_H
#define ROUND_TRIPS_H

#include <stdint.h>
#include <sys/resource.h>
#include <time.h>

enum { BUCKET_NS = 10, BUCKETS = 1 << 20, WARM_UP_PERCENT = 10 };

static uint32_t histogram[BUCKETS];

static inline int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static inline long switches(int who)
{
    struct rusage usage;
    getrusage(who, &usage);
    return usage.ru_nvcsw + usage.ru_nivcsw;
}

static inline void count_one(int64_t ns)
{
    int64_t bucket = ns / BUCKET_NS;
    histogram[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
}

static inline long percentile(long count, double share)
{
    long wanted = (long)(count * share);
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
        seen += histogram[i];
        if (seen > wanted) {
            return (long)i * BUCKET_NS;
        }
    }

    return (long)BUCKETS * BUCKET_NS;
}

#endif
