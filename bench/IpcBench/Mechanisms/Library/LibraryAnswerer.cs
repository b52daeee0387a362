using IpcBench.Exchanging;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;

namespace IpcBench.Mechanisms.Library;

/// <summary>channelD's side of the library.</summary>
internal sealed class LibraryAnswerer : IAnswerer
{
    private readonly IpcNode _node;
    private readonly RequestServer _server;

    /// <summary>Starts to answer. Owns the node from here on.</summary>
    internal LibraryAnswerer(IpcNode node)
    {
        _node = node;
        _server = node.CreateServer();
        _server.Handle<CommandRequest, CommandResult>(static (_, request) => ValueTask.FromResult(LibraryExample.Answer(request)));
        _server.StartReading(LibraryExample.Requests);
    }

    /// <inheritdoc/>
    public Task Ended { get; } = new TaskCompletionSource().Task;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _node.DisposeAsync();
    }
}
