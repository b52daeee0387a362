using System.Net.Sockets;

namespace Faults.Nemesis.Faults;

/// <summary>
/// Strangers connect and say nothing, more of them than chatD has descriptors for, while some players lose their connections; then they leave.
/// </summary>
internal sealed class StrangersFault(int strangers) : IFault
{
    public int Row => 35;

    public string Name => "descriptors used up";

    public FaultScope Scope => FaultScope.Players;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        List<Socket> sockets = [];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(random.Next(500, 1500));
        try
        {
            await ConnectAsync(world, sockets, limit.Token);
            for (int i = 0; i < world.Load.Clients.Count; i += 4)
            {
                world.Load.Clients[i].Drop();
            }

            await Task.Delay(Timeout.Infinite, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // That was long enough.
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private async Task ConnectAsync(FaultWorld world, List<Socket> sockets, CancellationToken cancellationToken)
    {
        try
        {
            while (sockets.Count < strangers)
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                sockets.Add(socket);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(world.SocketPath), cancellationToken);
            }
        }
        catch (SocketException)
        {
            // chatD has gone, or even its backlog is full.
        }
    }
}
