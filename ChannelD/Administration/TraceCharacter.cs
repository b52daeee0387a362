using System.Runtime.CompilerServices;
using ChannelD.Speech;
using Shared.Operations.Administration;
using Shared.Protocol.Administration;
using Shared.Protocol.Names;

namespace ChannelD.Administration;

/// <summary>
/// Shows an operator whatever a character says, as <c>/감시</c> does a game master. It goes by name, so that it holds over a log-out; what the character
/// says on another channelD is that one's to show.
/// </summary>
internal sealed class TraceCharacter(TraceTaps taps, TimeProvider time) : IAdminCommand
{
    // So that both sides notice when the other has gone.
    private static readonly TimeSpan s_lifeSign = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Path => AdminPaths.Trace;

    /// <inheritdoc/>
    public AdminCommandKind Kind => AdminCommandKind.Watch;

    /// <inheritdoc/>
    public ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken)
    {
        CharacterName name = OperatorNames.Read(call.Read(AdminJson.Default.TraceRequest).Name);
        TraceTap tap = taps.TryOpen(name.Key)
            ?? throw AdminRefusedException.Unavailable($"{AdminLimits.MaxTraces} operators trace here already. End one of those traces first.");
        return ValueTask.FromResult(AdminReply.OfLines(FollowAsync(name, tap, cancellationToken), AdminJson.Default.TraceLine));
    }

    private async IAsyncEnumerable<TraceLine> FollowAsync(CharacterName name, TraceTap tap, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using TraceTap open = tap;

        // At once, so that who asked knows that nothing from here on is missed.
        yield return Sign(name);
        while (true)
        {
            if (!await open.WaitAsync(s_lifeSign, time, cancellationToken))
            {
                yield return Sign(name);
            }

            while (open.TryTake(out TracedLine line))
            {
                yield return new TraceLine(line.At, line.Name, line.Said.Room, line.Said.To, line.Said.Text, open.TakeMissed());
            }
        }
    }

    private TraceLine Sign(CharacterName name) => new(time.GetUtcNow(), name.Display, string.Empty, string.Empty, string.Empty);
}
