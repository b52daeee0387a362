using System.Net;
using System.Net.Sockets;

namespace Testing.Support.Ports;

/// <summary>A TCP port of the loopback for something that must be told its port before it listens.</summary>
public static class FreePort
{
    /// <summary>Finds one on which nobody listens. It stays free until somebody takes it: those that the kernel gives out go round and do not come back soon.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
