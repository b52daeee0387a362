using System.Reflection;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Transport;
using Testing.Support.Logging;

namespace Shared.Protocol.Tests.Diagnostics;

public sealed partial class EventIdTests
{
    [Fact]
    public void EventIds_OfThisAssembly_AreUniqueAndInTheirRange() =>
        Assert.Empty(EventIds.FindFaults(
            [typeof(ITransport).Assembly],
            [
                ("Shared.Protocol.Transport.SysV", 1000, 1049),
                ("Shared.Protocol.Transport.Unix", 1050, 1089),
                ("Shared.Protocol.Transport.ResultPath", 1090, 1099),
                ("Shared.Protocol.Transport.Ring", 1500, 1549),
                ("Shared.Protocol.Requests", 1100, 1199),
                ("Shared.Protocol.Hosting.Systemd", 1450, 1479),
                ("Shared.Protocol.Hosting", 1200, 1299),
                ("Shared.Protocol.Peers", 1300, 1399),
            ]));

    [Fact]
    public void EventIds_Found_AreThoseOfTheLogClasses() =>
        Assert.Contains(EventIds.Of(typeof(ITransport).Assembly), found => found.Attribute.EventId == 1200);

    [Fact]
    public void FindFaults_OfDoubleAndStrayIds_NamesThem()
    {
        IReadOnlyList<string> faults = EventIds.FindFaults([Assembly.GetExecutingAssembly()], [("Shared.Protocol.Tests.Nowhere", 1, 2)]);

        Assert.Contains(faults, fault => fault.StartsWith("Event id 90001 is used by", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("is outside every range", StringComparison.Ordinal));
    }

    private static partial class One
    {
        [LoggerMessage(90001, LogLevel.Debug, "one")]
        public static partial void Happened(ILogger logger);
    }

    private static partial class Another
    {
        [LoggerMessage(90001, LogLevel.Debug, "another")]
        public static partial void Happened(ILogger logger);
    }
}
