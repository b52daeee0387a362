using System.Globalization;
using System.Runtime.CompilerServices;
using IpcBench.Exchanging;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;

namespace IpcBench.Mechanisms.Library;

/// <summary>chatD's side of the library. Each loop is a player.</summary>
internal sealed class LibraryAsker : TaskAsker
{
    private readonly IpcNode _node;
    private readonly RequestClient _client;
    private string _line = "";

    /// <summary>Starts to read its results. Owns the node from here on.</summary>
    internal LibraryAsker(IpcNode node)
    {
        _node = node;
        _client = node.CreateClient(LibraryExample.Results);

        // As chatD does with a channelD that takes them.
        _client.SetBatching(LibraryExample.Requests, takesBatches: true);
        node.Transport.StartReading(LibraryExample.Results, _client);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _node.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void Prepare(Load load) => _line = LibraryExample.LineFor(load.SizeBytes);

    /// <inheritdoc/>
    /// <remarks>What it keeps is used again at once: all loops go on on the thread that reads the results.</remarks>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    protected override async ValueTask AskAsync(Load load, int slot, byte[] request, long number)
    {
        // A line of its own for each request is for those who look at it; the time is that of the library, not of making lines.
        string line = load.Count == 0 ? _line : number.ToString(CultureInfo.InvariantCulture).PadRight(_line.Length, '.');
        Outcome<CommandResult> outcome = await _client.SendAsync<CommandRequest, CommandResult>(
            LibraryExample.Requests, LibraryExample.FirstUserId + slot, new CommandRequest(line));
        if (outcome.Kind != OutcomeKind.Ok)
        {
            throw new InvalidDataException($"A request ended {outcome.Kind} ({outcome.Code}).");
        }

        IReadOnlyList<string> arguments = outcome.Result.Arguments;
        if (arguments.Count != 1 || arguments[0].Length != line.Length || (load.Count > 0 && arguments[0] != line))
        {
            throw new InvalidDataException($"The result of request {number} is another's.");
        }
    }
}
