using Shared.Protocol.Transport;

namespace Simulation.Chaos;

/// <summary>A fault of the product itself, made on the way of its frames: to see that a simulation notices.</summary>
internal abstract class Mutation
{
    /// <summary>What is handed over in the place of a frame.</summary>
    public virtual byte[] Change(SimWorld world, Mailbox to, byte[] frame) => frame;

    /// <summary>Whether the frame is sent twice.</summary>
    public virtual bool Doubles(Mailbox to) => false;
}
