namespace Simulation.Connections;

/// <summary>The client's side of a connection.</summary>
internal interface IConnectionOwner
{
    /// <summary>Something has come; null for the end.</summary>
    void OnBytes(SimConnection connection, ReadOnlyMemory<byte>? bytes);

    /// <summary>The connection has broken.</summary>
    void OnEnd(SimConnection connection);
}
