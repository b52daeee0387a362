using Gsctl.Output;

namespace Gsctl.Tests.Output;

public sealed class UnitsTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(999, "999 ms")]
    [InlineData(119_999, "119 s")]
    [InlineData(120_000, "2 min")]
    [InlineData(3_900_000, "1 h 05 min")]
    [InlineData(180_000_000, "2 d 02 h")]
    public void While_IsShownInItsUnit(long milliseconds, string shown) => Assert.Equal(shown, Units.While(milliseconds));

    [Theory]
    [InlineData(0.000085, "85 µs")]
    [InlineData(0.0012, "1.2 ms")]
    [InlineData(0.25, "250 ms")]
    [InlineData(2.5, "2.5 s")]
    public void Latency_IsShownInItsUnit(double seconds, string shown) => Assert.Equal(shown, Units.Latency(seconds));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.04, "0.0")]
    [InlineData(12.34, "12.3")]
    [InlineData(1234.5, "1,234")]
    public void Rate_HasAsManyDigitsAsMatter(double rate, string shown) => Assert.Equal(shown, Units.Rate(rate));

    [Theory]
    [InlineData(512, "512 B")]
    [InlineData(16_384, "16.0 KiB")]
    [InlineData(3L * 1024 * 1024, "3.0 MiB")]
    public void Bytes_AreShownInTheirUnit(long bytes, string shown) => Assert.Equal(shown, Units.Bytes(bytes));

    [Fact]
    public void Share_OfNothing_IsUnknown()
    {
        Assert.Equal("-", Units.Share(1, 0));
        Assert.Equal("8 %", Units.Share(8, 100));
    }
}
