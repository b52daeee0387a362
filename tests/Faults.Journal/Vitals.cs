using System.Globalization;

namespace Faults.Journal;

/// <summary>What only the process itself knows: its generation, and the size of its heap; and what only it can do: starve its thread pool.</summary>
internal static class Vitals
{
    public const string GenerationSuffix = ".generation";
    public const string HeapSuffix = ".heap";

    public const string StarveSuffix = ".starve";

    // Looked for often, written now and then.
    private const int PeriodMs = 50;
    private const int PeriodsPerWrite = 100;

    public static void Begin(string path, ulong generation)
    {
        // In one step, so that nobody reads half of it.
        string aside = path + ".new";
        File.WriteAllText(aside, generation.ToString(CultureInfo.InvariantCulture));
        File.Move(aside, path + GenerationSuffix);
        new Thread(() => Attend(path)) { IsBackground = true, Name = "vitals" }.Start();
    }

    private static void Attend(string path)
    {
        using var never = new ManualResetEventSlim();
        for (int period = 1; !never.Wait(PeriodMs); period++)
        {
            try
            {
                TakeOrder(path + StarveSuffix);
                if (period % PeriodsPerWrite == 0)
                {
                    // What lives, not what the collector has not looked at yet: a small heap sees no full collection for minutes.
                    File.WriteAllText(path + HeapSuffix, GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture));
                }
            }
            catch (IOException)
            {
                // No descriptor left, or no disk: that is one of the faults. The next period comes.
            }
        }
    }

    // The runner has it starve its pool: it writes for how long into a file, which is gone when it has begun.
    private static void TakeOrder(string path)
    {
        if (File.Exists(path))
        {
            int forMs = int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);
            PoolStarver.Begin(forMs);
            File.Delete(path);
        }
    }
}
