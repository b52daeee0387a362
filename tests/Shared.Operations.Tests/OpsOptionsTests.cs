using System.ComponentModel.DataAnnotations;
using Testing.Support.Folders;
using Testing.Support.Options;

namespace Shared.Operations.Tests;

public sealed class OpsOptionsTests
{
    [Fact]
    public void EveryOption_HasDefaultRangeAndARowInTheDocs() =>
        Assert.Empty(OptionsDocumentation.FindFaults(typeof(OpsOptions), OpsOptions.Section, File.ReadAllText(Repository.File("docs/configuration.md"))));

    [Theory]
    [InlineData(null, false)]
    [InlineData("off", false)]
    [InlineData("OFF", false)]
    [InlineData("127.0.0.1:0,[::1]:9100,unix:/run/x", false)]
    [InlineData("localhost:9100", false)]
    [InlineData("socket", false)]
    [InlineData("Socket, 127.0.0.1:9100", false)]
    [InlineData("socket,10.1.2.3:9100", true)]
    [InlineData("0.0.0.0:9100", true)]
    [InlineData("*:9100", true)]
    [InlineData("10.1.2.3:9100", true)]
    public void Validate_Listen_AllowsLoopbackAndMoreWhereItIsMeant(string? listen, bool isRemote)
    {
        ValidationResult[] faults = Validate(new OpsOptions { Listen = listen });
        Assert.Equal(isRemote, faults.Length == 1);
        Assert.All(faults, fault => Assert.Contains("Ops:AllowRemote=true", fault.ErrorMessage, StringComparison.Ordinal));
        Assert.Empty(Validate(new OpsOptions { Listen = listen, AllowRemote = true }));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("socket,nowhere")]
    [InlineData("off,socket")]
    [InlineData("")]
    public void Validate_ListenThatIsNoAddress_IsAFault(string listen) => Assert.Single(Validate(new OpsOptions { Listen = listen }));

    [Theory]
    [InlineData("http://127.0.0.1:4318", true)]
    [InlineData("https://collector.example/x", true)]
    [InlineData("127.0.0.1:4318", false)]
    [InlineData("ftp://x", false)]
    public void Validate_OtlpEndpoint_HasToBeHttp(string endpoint, bool isSound) =>
        Assert.Equal(isSound, Validate(new OpsOptions { OtlpEndpoint = endpoint }).Length == 0);

    [Theory]
    [InlineData(0, null, true)]
    [InlineData(0.01, null, false)]
    [InlineData(0.01, "http://127.0.0.1:4318", true)]
    public void Validate_TraceRatio_NeedsAPlaceForSpans(double ratio, string? endpoint, bool isSound) =>
        Assert.Equal(isSound, Validate(new OpsOptions { TraceRatio = ratio, OtlpEndpoint = endpoint }).Length == 0);

    private static ValidationResult[] Validate(OpsOptions options) => [.. options.Validate(new ValidationContext(options))];
}
