using System.Tests.Support;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace System.Tests.Operations;

/// <summary>What a daemon does instead of running.</summary>
public sealed class ConfigurationCommandTests : IDisposable
{
    private readonly ServerPair _pair = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _pair.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("ChatD", "chatD", "--Chat:Listen=127.0.0.1:7777")]
    [InlineData("ChannelD", "channelD", "--Channel:Id=1")]
    public async Task Help_TellsUsageAndTheMostUsedOptions(string program, string name, string option)
    {
        (int exitCode, string output, string error) = await _pair.RunAsync(program, "--help");

        Assert.Equal((0, string.Empty), (exitCode, error));
        Assert.StartsWith(name + " ", output, StringComparison.Ordinal);
        Assert.Contains($"Usage: dotnet {program}.dll", output, StringComparison.Ordinal);
        Assert.Contains(option, output, StringComparison.Ordinal);
        Assert.Contains("--check-config", output, StringComparison.Ordinal);
        Assert.True(_pair.Keys.AreUnused);
    }

    [Fact]
    public async Task Version_IsThatOfTheProgram()
    {
        (int exitCode, string output, _) = await _pair.RunAsync("ChatD", "--version");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"^chatD \d+\.\d+\.\d+", output);
    }

    [Fact]
    public async Task CheckConfig_FaultsAndNone_Exit2WithAllAnd0()
    {
        (int exitCode, string output, string error) = await _pair.RunAsync(
            "ChatD", "--check-config", "--Chat:Listen=nowhere", "--Chat:Instance=256", "--Ipc:Mode=0777", "--Ops:TimeoutMs=x", "--Log:Levle=debug");
        Assert.Equal((2, string.Empty), (exitCode, output));
        Assert.Contains("5 faults", error, StringComparison.Ordinal);
        foreach (string fault in (string[])["Chat:Listen", "Chat:Instance", "Ipc:Mode", "Ops:TimeoutMs", "Log:Levle"])
        {
            Assert.Contains(fault, error, StringComparison.Ordinal);
        }

        string log = _folder.File("log");
        Assert.Equal((0, "chatD: the configuration is valid\n", string.Empty), await _pair.RunAsync("ChatD", "--check-config", $"--Log:File={log}"));
        Assert.False(File.Exists(log));
        Assert.True(_pair.Keys.AreUnused);
    }

    [Fact]
    public async Task PrintConfig_EveryOption_TellsValueSourceDefaultRangeAndSentence()
    {
        (int exitCode, string output, _) = await _pair.RunAsync("ChannelD", "--print-config", "--Channel:Id=2");

        Assert.Equal(0, exitCode);
        Assert.Contains(
            "Channel:Id = 2\n    from: command line; default: 1; allowed: 1 to 256; changes at the next start\n    The number of this channelD", output, StringComparison.Ordinal);
        Assert.Contains("Log:Level = information\n    from: appsettings.json; default: information;", output, StringComparison.Ordinal);
        Assert.Contains("changes on SIGHUP", output, StringComparison.Ordinal);
        Assert.Contains("\nOps:Listen = \n    from: default; default: none;", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ChatD", "chatd")]
    [InlineData("ChannelD", "channeld")]
    public async Task SampleConfig_IsTheOneInTheDocs(string program, string name)
    {
        string path = Repository.File($"docs/appsettings.{name}.sample.json");
        (int exitCode, string output, _) = await _pair.RunAsync(program, "--sample-config");

        Assert.Equal(0, exitCode);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, output);
        }

        Assert.True(
            output == await File.ReadAllTextAsync(path),
            $"{path} is not what the options say now. Write it anew: dotnet {program}.dll --sample-config, or this test with UPDATE_DOCS=1.");
    }

    [Theory]
    [InlineData("ChatD", "chatd")]
    [InlineData("ChannelD", "channeld")]
    public async Task SampleConfig_AsItIs_CanBeUsed(string program, string name)
    {
        ProgramCopy.Make(_folder, program);
        File.Copy(Repository.File($"docs/appsettings.{name}.sample.json"), _folder.File("appsettings.json"), overwrite: true);

        using ChildProcess check = new("dotnet", _folder.File(program + ".dll"), "--check-config");
        Assert.True(await check.ExitAsync() == 0, check.ToString());
        using ChildProcess print = new("dotnet", _folder.File(program + ".dll"), "--print-config");
        Assert.Equal(0, await print.ExitAsync());

        // Every option that has a default is in it.
        Assert.DoesNotMatch("from: default; default: (?!none)", print.Output);
    }

    [Fact]
    public async Task TwoCommands_Exit2()
    {
        (int exitCode, _, string error) = await _pair.RunAsync("ChatD", "--health", "--version");

        Assert.Equal(2, exitCode);
        Assert.Contains("cannot be asked for at once", error, StringComparison.Ordinal);
    }
}
