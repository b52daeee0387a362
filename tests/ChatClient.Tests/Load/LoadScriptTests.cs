using ChatClient.Connection;
using ChatClient.Load;
using Shared.Protocol.Requests;

namespace ChatClient.Tests.Load;

public sealed class LoadScriptTests
{
    /// <summary>An answer has nothing but its line to tell of which kind that was.</summary>
    [Fact]
    public void KindOf_ALineOfEachKind_IsThatKind()
    {
        LoadScript script = new(new LoadOptions { Servers = [ServerAddress.Default], NamePrefix = "/누구" });
        Assert.All(Enum.GetValues<LoadLineKind>(), kind => Assert.Equal(kind, LoadScript.KindOf(script.LineOf(kind, 0, 1))));
    }

    [Fact]
    public void AddFailures_BehindTheMeasurement_CountsWhatWentWrongAndNothingElse()
    {
        LoadTally late = new() { Reconnects = 2, NewSessions = 1 };
        late.Count(LoadLineKind.Find, OutcomeKind.Ok, "same_map", 1000);
        late.Count(LoadLineKind.Find, OutcomeKind.Unknown, "session_lost", 1000);
        LoadTally all = new();
        all.AddFailures(late);

        Assert.Equal((0, 0, 1), (all.Answered, all.CountOf(OutcomeKind.Ok), all.CountOf(OutcomeKind.Unknown)));
        Assert.Equal((2, 1), (all.Reconnects, all.NewSessions));
        LoadReport report = new(new LoadOptions { Servers = [ServerAddress.Default] }, all, TimeSpan.FromSeconds(1), [], 0, []);
        Assert.False(report.IsWhole);
        Assert.Contains("reconnects 2", report.ToText(), StringComparison.Ordinal);
        Assert.Contains("\"reconnects\":2,\"newSessions\":1", report.ToJson(), StringComparison.Ordinal);
    }
}
