using Shared.Protocol.Transport;

namespace Simulation.Network;

/// <summary>The frames for one reader, in the order in which they were sent.</summary>
internal sealed class SimMailbox(Mailbox address, SimQueue queue, SimRandom random)
{
    public Mailbox Address { get; } = address;

    public SimQueue Queue { get; } = queue;

    /// <summary>How long its frames lie in it.</summary>
    public SimRandom Random { get; } = random;

    public Queue<byte[]> Frames { get; } = new();

    /// <summary>Whose transport reads it; null while nobody does.</summary>
    public SimTransport? Reader { get; set; }

    public IFrameReceiver? Receiver { get; set; }

    /// <summary>Whether a delivery is on its way.</summary>
    public bool IsDelivering { get; set; }

    /// <summary>Whether its reading thread does not get to run.</summary>
    public bool IsStalled { get; set; }

    public bool CanDeliver =>
        Frames.Count > 0 && !IsStalled && Reader is { Daemon.IsRunning: true } reader && reader.Sees(Queue);
}
