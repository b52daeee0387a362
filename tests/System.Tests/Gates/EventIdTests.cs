using ChannelD;
using ChatD.Configuration;
using Shared.Operations;
using Shared.Protocol.Transport;
using Testing.Support.Logging;

namespace System.Tests.Gates;

public sealed class EventIdTests
{
    [Fact]
    public void EventIds_OfBothDaemonsAndTheLibrary_AreUniqueAndInTheirRange() =>
        Assert.Empty(EventIds.FindFaults(
            [typeof(ITransport).Assembly, typeof(OpsOptions).Assembly, typeof(ChannelOptions).Assembly, typeof(ChatOptions).Assembly],
            [
                ("Shared.Protocol.Transport", 1000, 1099),
                ("Shared.Protocol.Transport.Ring", 1500, 1549),
                ("Shared.Protocol.Requests", 1100, 1199),
                ("Shared.Protocol.Hosting", 1200, 1299),
                ("Shared.Protocol.Hosting.Systemd", 1450, 1479),
                ("Shared.Protocol.Peers", 1300, 1399),
                ("Shared.Operations", 1400, 1449),
                ("ChannelD", 2000, 2999),
                ("ChatD", 3000, 3999),
            ]));
}
