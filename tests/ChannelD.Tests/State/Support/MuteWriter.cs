using System.Globalization;
using ChannelD.Moderation;
using ChannelD.State.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChannelD.Tests.State.Support;

/// <summary>Mutes one name after the other, four at a time, and prints each that the store has acknowledged.</summary>
internal static class MuteWriter
{
    public const int Lanes = 4;

    public static readonly DateTimeOffset Until = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(string path, string prefix)
    {
        using var store = new SqliteStateStore([path], false, new PatientTime(), NullLogger<SqliteStateStore>.Instance);
        await store.OpenAsync(CancellationToken.None);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => WriteAsync(store, $"{prefix}-{lane}", output, gate)));
    }

    private static async Task WriteAsync(SqliteStateStore store, string prefix, StreamWriter output, Lock gate)
    {
        for (int number = 0; ; number++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}");
            await store.SetMuteAsync(key, new Mute(Until, key), CancellationToken.None);
            lock (gate)
            {
                output.Write(key + "\n");
            }
        }
    }
}
