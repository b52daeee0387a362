using Gsctl.CommandLine;
using Testing.Support.Folders;
using Testing.Support.Ipc;

namespace Gsctl.Tests.CommandLine;

public sealed class GsctlProgramTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly UniqueIpcKeys _keys = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _keys.Dispose();
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("bogus")]
    [InlineData("status --chat x")]
    [InlineData("status --chat 256")]
    [InlineData("mute 단풍이 0 이유")]
    [InlineData("mute 단풍이 5")]
    [InlineData("purge --yes")]
    [InlineData("drain")]
    [InlineData("find 단풍이 --chat 0")]
    [InlineData("top --interval 0.1")]
    public async Task Run_WrongUsage_Exits2AndSaysWhy(string arguments)
    {
        Assert.Equal(ExitCodes.Usage, await RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.StartsWith("gsctl: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("top --once")]
    [InlineData("who")]
    [InlineData("find 단풍이")]
    [InlineData("trace 단풍이")]
    [InlineData("kick 단풍이")]
    [InlineData("mute 단풍이 5 이유")]
    [InlineData("unmute 단풍이")]
    [InlineData("drain --all")]
    public async Task Run_NobodyThere_Exits3AndNamesTheFolderThatWasLookedAt(string arguments)
    {
        Assert.Equal(ExitCodes.CannotReach, await RunAsync(arguments.Split(' ')));
        Assert.Contains(Path.Combine(_folder.Path, "sockets"), _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SocketThatIsNotThere_Exits3AndNamesIt()
    {
        string path = _folder.File("nobody.sock");
        Assert.Equal(ExitCodes.CannotReach, await RunAsync(["status", "--socket", path]));
        Assert.Contains(path, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Help_NamesEachCommand()
    {
        Assert.Equal(ExitCodes.Done, await RunAsync(["--help"]));
        Assert.All(GsctlProgram.AllCommands(), command => Assert.Contains($"  {command.Syntax.Name} ", _output.ToString(), StringComparison.Ordinal));
    }

    private Task<int> RunAsync(string[] arguments) => GsctlProgram.RunAsync(
        [$"--Ipc:RequestKey={_keys.RequestKey}", $"--Ipc:RuntimeFolder={_folder.Path}", .. arguments], _output, _error, CancellationToken.None);
}
