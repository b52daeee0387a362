using Gsctl.CommandLine;

namespace Gsctl.Tests.CommandLine;

public sealed class OptionReaderTests
{
    [Fact]
    public void Part_OptionsOfTheDaemons_AreTakenOutWhereverTheyStand()
    {
        (string[] own, string[] options) = OptionReader.Part(["--Ipc:RequestKey=5", "status", "--Ipc:RuntimeFolder", "/x", "--json"]);

        Assert.Equal(["status", "--json"], own);
        Assert.Equal(["--Ipc:RequestKey=5", "--Ipc:RuntimeFolder=/x"], options);
    }

    [Fact]
    public void Read_Valid_IsWhatTheDaemonsWouldHave() => Assert.Equal(6, OptionReader.Read(["--Ipc:RequestKey=5"]).EffectiveResultKey);

    [Theory]
    [InlineData("--Ipc:RequestKey=x")]
    [InlineData("--Ipc:Nothing=1")]
    [InlineData("--Chat:Listen=1")]
    public void Read_NotValid_IsRefusedAsUsage(string option) =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<GsctlException>(() => OptionReader.Read([option])).ExitCode);
}
