using ChatClient.Connection;
using ChatClient.Input;

namespace ChatClient.Conversation;

/// <summary>
/// Sends the lines of the input one behind the other without waiting for answers, as long as there is room among the outstanding ones.
/// </summary>
/// <param name="session">Where to.</param>
internal sealed class LineSender(Session session)
{
    /// <summary>Sends all lines, until the input has ended by itself or by <paramref name="endOfInput"/>.</summary>
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

        if (session.OutlivesConnections)
        {
            // A bye ends such a session, so it comes behind the last answer.
            await session.FlushAsync(cancellationToken);
        }
        else
        {
            await session.SayByeAsync(cancellationToken);
        }

        session.Lines.Complete();
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
                await session.FlushAsync(cancellationToken);
            }

            if (!await next)
            {
                return;
            }

            if (!session.Lines.TryTakeRoom())
            {
                await session.FlushAsync(cancellationToken);
                await session.Lines.TakeRoomAsync(reading);
            }

            await SendAsync(input.Current, cancellationToken);
        }
    }

    private async ValueTask SendAsync(InputLine line, CancellationToken cancellationToken)
    {
        if (line.Fault is not null)
        {
            session.Lines.Add(new OutstandingLine(0, line.Text, 0, line.Fault, line.FaultText));
            await session.Inbox.ShowRefusedAsync(cancellationToken);
            return;
        }

        await session.SendLineAsync(line.Text, cancellationToken);
    }
}
