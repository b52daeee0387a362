using Shared.Operations.CommandLine;
using Shared.Protocol.Hosting;

namespace Shared.Operations.Tests.CommandLine;

public sealed class CommandSwitchesTests
{
    [Theory]
    [InlineData("", DaemonCommand.Run, 0)]
    [InlineData("--Chat:Instance=1", DaemonCommand.Run, 1)]
    [InlineData("--health --Chat:Instance=1 --Ipc:RequestKey 5", DaemonCommand.Health, 3)]
    [InlineData("--Chat:Instance=1 --check-config", DaemonCommand.CheckConfig, 1)]
    [InlineData("--print-config --print-config", DaemonCommand.PrintConfig, 0)]
    [InlineData("--help -h -?", DaemonCommand.Help, 0)]
    [InlineData("--Health", DaemonCommand.Run, 1)]
    public void Take_Arguments_FindsTheCommandAndLeavesTheOptions(string line, object command, int optionCount)
    {
        Assert.Equal((DaemonCommand)command, CommandSwitches.Take(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), out string[] options));
        Assert.Equal(optionCount, options.Length);
    }

    [Fact]
    public void Take_TwoCommands_Throws() =>
        Assert.Throws<ConfigurationException>(() => CommandSwitches.Take(["--health", "--version"], out _));
}
