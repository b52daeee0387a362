using System.Diagnostics;
using ChatClient.Connection;
using ChatClient.Input;
using Shared.Protocol.Messages.Players;

namespace ChatClient.Conversation;

/// <summary>
/// Sends the lines of the input one behind the other without waiting for answers, as long as there is room among the outstanding ones.
/// </summary>
/// <param name="connection">Where to.</param>
/// <param name="lines">Where the lines wait for their answers.</param>
/// <param name="inbox">Shows the lines that cannot be sent.</param>
public sealed class LineSender(PlayerConnection connection, OutstandingLines lines, ServerInbox inbox)
{
    private ulong _lastLineId;

    /// <summary>Sends all lines, and says farewell when the input has ended by itself or by <paramref name="endOfInput"/>.</summary>
    /// <param name="source">The input.</param>
    /// <param name="endOfInput">Ends the input early.</param>
    /// <param name="cancellationToken">Stops sending, without a farewell.</param>
    /// <exception cref="ConnectionLostException">The connection broke.</exception>
    public async Task SendAllAsync(ILineSource source, CancellationToken endOfInput, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(endOfInput, cancellationToken);
        try
        {
            await SendLinesAsync(source, reading.Token, cancellationToken);
        }
        catch (OperationCanceledException) when (endOfInput.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What was read is sent; the rest of the input is not read.
        }

        await connection.SendAsync(new ClientBye(), flush: true, cancellationToken);
        lines.Complete();
    }

    // Only waiting for input and for room ends with the input: a frame half written would be the end of the connection.
    private async Task SendLinesAsync(ILineSource source, CancellationToken reading, CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<InputLine> input = source.ReadLinesAsync(reading).GetAsyncEnumerator(reading);
        while (true)
        {
            // As long as lines are there they are packed together; before any wait, what was packed leaves.
            ValueTask<bool> next = input.MoveNextAsync();
            if (!next.IsCompleted)
            {
                await connection.FlushAsync(cancellationToken);
            }

            if (!await next)
            {
                return;
            }

            if (!lines.TryTakeRoom())
            {
                await connection.FlushAsync(cancellationToken);
                await lines.TakeRoomAsync(reading);
            }

            await SendAsync(input.Current, cancellationToken);
        }
    }

    private async ValueTask SendAsync(InputLine line, CancellationToken cancellationToken)
    {
        if (line.Fault is not null)
        {
            lines.Add(new OutstandingLine(0, line.Text, 0, line.Fault, line.FaultText));
            await inbox.ShowRefusedAsync(cancellationToken);
            return;
        }

        // Added before it is sent, for its answer may arrive before this method goes on.
        _lastLineId++;
        lines.Add(new OutstandingLine(_lastLineId, line.Text, Stopwatch.GetTimestamp(), null, null));
        await connection.SendAsync(new ClientLine(_lastLineId, line.Text), flush: false, cancellationToken);
    }
}
