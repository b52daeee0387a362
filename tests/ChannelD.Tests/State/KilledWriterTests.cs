using System.Globalization;
using ChannelD.State;
using ChannelD.State.Sqlite;
using ChannelD.Tests.State.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Testing.Support.Folders;
using Testing.Support.Processes;
using Testing.Support.Waiting;
using Xunit.Abstractions;

namespace ChannelD.Tests.State;

/// <summary>Processes that are killed while they write: what they had been acknowledged is there, and the file is sound.</summary>
public sealed class KilledWriterTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 20;
    private const int MaxWrites = 60;

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Kill_AtRandomInstants_NothingAcknowledgedIsMissing()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var acknowledged = new List<string>();

        // Another channelD goes on all the while.
        using ChildProcess survivor = Start("s");
        for (int round = 0; round < Rounds; round++)
        {
            using ChildProcess writer = Start(string.Create(CultureInfo.InvariantCulture, $"w{round}"));
            int writes = random.Next(MaxWrites);
            await Eventually.TrueAsync(() => writer.HasExited || writer.Lines.Length >= writes, $"{writes} writes are acknowledged");
            Assert.False(writer.HasExited, writer.ToString());
            await writer.KillAsync();

            // Whole lines only: what was cut off may have been acknowledged, and need not have been.
            acknowledged.AddRange(writer.Lines);
        }

        Assert.False(survivor.HasExited, survivor.ToString());
        await survivor.KillAsync();
        acknowledged.AddRange(survivor.Lines);
        Assert.True(acknowledged.Count > Rounds);

        using var store = new SqliteStateStore([_folder.File("state.db")], false, new PatientTime(), NullLogger<SqliteStateStore>.Instance);
        await store.OpenAsync(CancellationToken.None);
        foreach (string key in acknowledged)
        {
            CharacterRecord record = await store.LoadAsync(key, CancellationToken.None);
            Assert.True(record.Mute?.Reason == key && record.Mute?.UntilUtc == MuteWriter.Until, $"{key} is missing, seed {seed}");
            Assert.True(record.Version > 0);
        }

        // At most one change of each lane more than was acknowledged.
        long kept = (long)SqliteStateStoreTests.Execute(_folder.File("state.db"), "SELECT count(*) FROM mutes")!;
        Assert.InRange(kept, acknowledged.Count, acknowledged.Count + ((Rounds + 1) * MuteWriter.Lanes * 2));
        Assert.Equal("ok", SqliteStateStoreTests.Execute(_folder.File("state.db"), "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Kill_WhileItIsMade_TheNextOneCanUseIt()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 5; round++)
        {
            string path = _folder.File($"{round}.db");
            using var writer = new ChildProcess("dotnet", typeof(KilledWriterTests).Assembly.Location, path, "w");
            int spins = random.Next(2000);
            await Eventually.TrueAsync(() => writer.HasExited || (File.Exists(path) && --spins < 0) || writer.Lines.Length > 0, "the file is there");
            await writer.KillAsync();
            string[] acknowledged = writer.Lines;

            using var store = new SqliteStateStore([path], false, new PatientTime(), NullLogger<SqliteStateStore>.Instance);
            await store.OpenAsync(CancellationToken.None);
            foreach (string key in acknowledged)
            {
                Assert.NotNull((await store.LoadAsync(key, CancellationToken.None)).Mute);
            }

            Assert.Equal("ok", SqliteStateStoreTests.Execute(path, "PRAGMA integrity_check"));
        }
    }

    public void Dispose() => _folder.Dispose();

    private ChildProcess Start(string prefix) => new("dotnet", typeof(KilledWriterTests).Assembly.Location, _folder.File("state.db"), prefix);
}
