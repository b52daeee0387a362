namespace Simulation.Connections;

/// <summary>One direction of a connection: what goes in comes out later, in order, in pieces.</summary>
/// <param name="world">Whose time it takes.</param>
/// <param name="random">How long, and what pieces.</param>
/// <param name="arrive">Takes the pieces; null for the end.</param>
internal sealed class Wire(SimWorld world, SimRandom random, Action<ReadOnlyMemory<byte>?> arrive)
{
    private long _lastAtNs;
    private bool _isCut;

    public void Send(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int length = random.Chance(80) ? bytes.Length : 1 + random.Below(bytes.Length);
            Schedule(bytes[..length]);
            bytes = bytes[length..];
        }
    }

    /// <summary>The end comes behind everything else.</summary>
    public void SendEnd() => Schedule(null);

    /// <summary>What is on the way is lost, and what is sent from here on.</summary>
    public void Cut() => _isCut = true;

    private void Schedule(ReadOnlyMemory<byte>? piece)
    {
        long delayNs = random.Between(0, 2 * world.Settings.LatencyNs);
        _lastAtNs = Math.Max(_lastAtNs, world.NowNs + delayNs);
        world.Scheduler.After(_lastAtNs - world.NowNs, () =>
        {
            if (!_isCut)
            {
                arrive(piece);
            }
        });
    }
}
