using System.Globalization;

namespace Faults.Journal;

/// <summary>What only the process itself knows: its generation, and the size of its heap.</summary>
internal static class Vitals
{
    public const string GenerationSuffix = ".generation";
    public const string HeapSuffix = ".heap";

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    public static void Begin(string path, ulong generation)
    {
        // In one step, so that nobody reads half of it.
        string aside = path + ".new";
        File.WriteAllText(aside, generation.ToString(CultureInfo.InvariantCulture));
        File.Move(aside, path + GenerationSuffix);
        new Thread(() => WriteHeap(path + HeapSuffix)) { IsBackground = true, Name = "vitals" }.Start();
    }

    private static void WriteHeap(string path)
    {
        using var never = new ManualResetEventSlim();
        while (!never.Wait(s_period))
        {
            try
            {
                File.WriteAllText(path, GC.GetGCMemoryInfo().HeapSizeBytes.ToString(CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // No descriptor left, or no disk: that is one of the faults. The next second comes.
            }
        }
    }
}
