namespace Shared.Protocol.Hosting.Ipc;

/// <summary>A daemon's place among the others while it has one, for whoever looks after its health. Safe on every thread.</summary>
public sealed class IpcState
{
    private IpcNode? _node;

    /// <summary>The node; null before it is open.</summary>
    public IpcNode? Node => Volatile.Read(ref _node);

    /// <summary>The node was opened.</summary>
    internal void Use(IpcNode node) => Volatile.Write(ref _node, node);
}
