using Shared.Protocol.Hosting.Systemd;

namespace Shared.Protocol.Tests.Hosting.Systemd;

public sealed class SystemdEnvironmentTests
{
    private const int Me = 42;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("vsock:2:1234")]
    public void Read_NoSocket_IsNone(string? address) => Assert.Null(Read(address, "1000", null));

    [Fact]
    public void Read_PathLongerThanASocketMayHave_IsNone() => Assert.Null(Read("/" + new string('a', 107), "1000", null));

    [Theory]
    [InlineData("3000000", null, 3000)]
    [InlineData("3000000", "", 3000)]
    [InlineData("3000000", "42", 3000)]
    [InlineData("3000000", "41", null)]
    [InlineData("0", "42", null)]
    [InlineData("-5", "42", null)]
    [InlineData("many", null, null)]
    [InlineData("99999999999999999999", null, null)]
    [InlineData(null, null, null)]
    public void Read_Watchdog_IsThatOfThisProcess(string? microseconds, string? pid, int? expectedMs)
    {
        SystemdEnvironment environment = Assert.IsType<SystemdEnvironment>(Read("/run/systemd/notify", microseconds, pid));

        Assert.Equal(expectedMs, (int?)environment.Watchdog?.TotalMilliseconds);
    }

    private static SystemdEnvironment? Read(string? socket, string? watchdog, string? pid) => SystemdEnvironment.Read(
        name => name switch { "NOTIFY_SOCKET" => socket, "WATCHDOG_USEC" => watchdog, "WATCHDOG_PID" => pid, _ => null }, Me);
}
