using Testing.Support.Folders;
using Testing.Support.Processes;

namespace Faults.Nemesis.Machine;

/// <summary>
/// A wall clock of the daemons' own, which can be set. To set the real one would hit every process of the host, and a time namespace has no
/// wall clock; so a library that is loaded before libc adds an offset, which it reads from a shared file.
/// </summary>
internal sealed class ShiftedClock
{
    private const string Source = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/mman.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        static const volatile long *offset_s;

        __attribute__((constructor)) static void begin(void)
        {
            int file = open(getenv("CLOCK_OFFSET"), O_RDONLY);
            void *map = file < 0 ? MAP_FAILED : mmap(0, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
            if (map == MAP_FAILED) _exit(99);
            close(file);
            offset_s = map;
        }

        int clock_gettime(clockid_t clock, struct timespec *time)
        {
            long result = syscall(SYS_clock_gettime, clock, time);
            if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) && offset_s) time->tv_sec += *offset_s;
            return (int)result;
        }

        int gettimeofday(struct timeval *time, void *zone)
        {
            struct timespec now;
            (void)zone;
            clock_gettime(CLOCK_REALTIME, &now);
            time->tv_sec = now.tv_sec;
            time->tv_usec = now.tv_nsec / 1000;
            return 0;
        }

        time_t time(time_t *to)
        {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (to) *to = now.tv_sec;
            return now.tv_sec;
        }
        """;

    private readonly string _offsetPath;

    private ShiftedClock(string libraryPath, string offsetPath)
    {
        _offsetPath = offsetPath;
        Environment = [$"LD_PRELOAD={libraryPath}", $"CLOCK_OFFSET={offsetPath}"];
        Shift(0);
    }

    /// <summary>What makes a process have this clock.</summary>
    public IReadOnlyList<string> Environment { get; }

    /// <summary>Compiles the library.</summary>
    public static async Task<ShiftedClock> MakeAsync(TempFolder folder)
    {
        string source = folder.File("clock.c");
        string library = folder.File("clock.so");
        await File.WriteAllTextAsync(source, Source);
        await ProcessOutput.ReadAsync("cc", "-shared", "-fPIC", "-O2", "-o", library, source);
        return new ShiftedClock(library, folder.File("clock-offset"));
    }

    /// <summary>Sets the clock so many seconds ahead of the real one; behind it, where negative.</summary>
    public void Shift(long seconds)
    {
        // In its place: the processes have the file mapped.
        using FileStream file = File.OpenWrite(_offsetPath);
        file.Write(BitConverter.GetBytes(seconds));
    }
}
