using System.Globalization;
using System.Tests.Support;
using Testing.Support.Processes;

namespace System.Tests.Administration;

/// <summary>gsctl on the daemons of a pair.</summary>
internal static class GsctlPair
{
    /// <summary>Starts it.</summary>
    public static GsctlProcess StartGsctl(this ServerPair pair, params IEnumerable<string> arguments) => new([.. pair.Options(), .. arguments]);

    /// <summary>Runs it to its end, as another user where a launcher is named.</summary>
    public static async Task<GsctlResult> GsctlAsync(this ServerPair pair, IReadOnlyList<string> launcher, params IEnumerable<string> arguments)
    {
        using GsctlProcess process = GsctlProcess.Launch(launcher, [.. pair.Options(), .. arguments]);
        int exitCode = await process.ExitAsync();
        return new GsctlResult(exitCode, process.Output, process.Error);
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<GsctlResult> GsctlAsync(this ServerPair pair, params IEnumerable<string> arguments) => pair.GsctlAsync([], arguments);

    private static string[] Options(this ServerPair pair) =>
        [string.Create(CultureInfo.InvariantCulture, $"--Ipc:RequestKey={pair.Keys.RequestKey}"), $"--Ipc:RuntimeFolder={pair.RuntimeFolder}", "--timeout", "60"];
}
