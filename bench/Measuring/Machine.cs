using System.Runtime.InteropServices;

namespace Measuring;

/// <summary>Where the figures come from; without it they say nothing.</summary>
/// <param name="Processor">The model that the kernel names.</param>
/// <param name="Cores">How many processors this process may use.</param>
/// <param name="Kernel">The operating system and its version.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="LoadAverage">How many threads wanted a processor in the last minute: above a few tenths, others were at work.</param>
public sealed record Machine(string Processor, int Cores, string Kernel, string Runtime, string LoadAverage)
{
    /// <summary>This one.</summary>
    public static Machine Read()
    {
        string? model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return new Machine(
            model?[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString(),
            Environment.ProcessorCount,
            "Linux " + File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
            RuntimeInformation.FrameworkDescription,
            File.ReadAllText("/proc/loadavg").Split(' ')[0]);
    }
}
