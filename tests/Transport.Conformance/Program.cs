using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Transport.Conformance.Ring;

if (args[0] == RingProducer.Word)
{
    RingProducer.Run(args);
    return;
}

// A process that attaches to a pair of keys until its standard input ends: Transport.Conformance ROLE INSTANCE KEY.
// The tests kill it. What it prints is read by AttachedProcess.
await using SysVTransport transport = SysVTransport.Open(
    new SysVTransportOptions
    {
        Claim = new DaemonClaim(Enum.Parse<DaemonRole>(args[0]), int.Parse(args[1], CultureInfo.InvariantCulture)),
        RequestKey = int.Parse(args[2], CultureInfo.InvariantCulture),
    },
    NullLogger<SysVTransport>.Instance);
Console.WriteLine("attached");
Console.ReadLine();
