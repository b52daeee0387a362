using ChannelD.State.Sqlite;

namespace ChannelD.Tests.State;

public class StateFileTests
{
    [Theory]
    [InlineData("/given/x.db", "/systemd", "/xdg", "/home/me", "/given/x.db")]
    [InlineData(null, "/systemd:/second", "/xdg", "/home/me", "/systemd/state.db")]
    [InlineData(null, null, "/xdg", "/home/me", "/xdg/gameservers/state.db")]
    [InlineData(null, null, null, "/home/me", "/home/me/.local/state/gameservers/state.db")]
    [InlineData(null, "relative", "relative", "/home/me", "/home/me/.local/state/gameservers/state.db")]
    [InlineData(null, null, null, null, null)]
    public void Candidates_ByWhatIsSet_TheLastIs(string? configured, string? systemd, string? xdg, string? home, string? expected)
    {
        IReadOnlyList<string> candidates = StateFile.Candidates(
            configured, name => name switch { "STATE_DIRECTORY" => systemd, "XDG_STATE_HOME" => xdg, "HOME" => home, _ => null });
        bool hasSystemFolder = System.IO.Directory.Exists("/var/lib/gameservers") && configured is null && systemd?[0] != '/';
        Assert.Equal(hasSystemFolder ? ["/var/lib/gameservers/state.db"] : [], candidates.Take(hasSystemFolder ? 1 : 0));
        Assert.Equal(expected is null ? [] : [expected], candidates.Skip(hasSystemFolder ? 1 : 0));
    }
}
