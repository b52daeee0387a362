using Microsoft.AspNetCore.Connections;

namespace ChatD.Connections;

/// <summary>What Kestrel hands each accepted connection to.</summary>
internal sealed class PlayerConnectionHandler(PlayerServices services) : ConnectionHandler
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        await using var player = new PlayerConnection(connection, services);
        await player.RunAsync();
    }
}
