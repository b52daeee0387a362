using ChannelD.Commands;
using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Presence;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Speech;

/// <summary>
/// Hands on what characters say, and copies of it to the game masters who watch them and the operators who trace them. Every command by which a player speaks uses it; whom it goes to
/// is the command's to find out. For any thread.
/// </summary>
/// <remarks>
/// A command that speaks says <see cref="CommandDescription.IsSpeech"/> and <see cref="CommandDescription.NeedsCharacter"/>, and does this:
/// <code>
/// if (call.Asker is not { } speaker || !SpeechRelay.TryRead(call.Argument, out string text)) return CommandAnswer.Usage();
/// if (speaker.IsHidden) return CommandAnswer.Error(CommonCodes.Hidden);
/// var said = new Utterance(Rooms.Party, "p", "party_said", text);
/// return speech.TrySay(speaker, said, recipients) ? CommandAnswer.Ok("said", speaker.Name.Display, text) : SpeechRelay.NotAllReached();
/// </code>
/// The watched one cannot notice: the copies change neither his answer nor what becomes of the others'.
/// </remarks>
public sealed class SpeechRelay
{
    private const string Taken = "taken";
    private const string Full = "full";

    [ThreadStatic]
    private static List<Character>? t_watchers;

    private readonly IEventSink _events;
    private readonly WorldDirectory _world;
    private readonly ChannelMetrics _metrics;
    private readonly TraceTaps _taps;

    /// <summary>Makes a relay.</summary>
    /// <param name="events">Where everything goes.</param>
    /// <param name="world">Who watches whom.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="taps">Operators who trace somebody.</param>
    public SpeechRelay(IEventSink events, WorldDirectory world, ChannelMetrics metrics, TraceTaps taps)
    {
        _events = events;
        _world = world;
        _metrics = metrics;
        _taps = taps;
    }

    /// <summary>What a player wants to say, from the argument of his line.</summary>
    /// <param name="typed">The argument, whose length and characters the dispatcher has checked. It is taken whole or not at all: nothing is cut.</param>
    /// <param name="text">The text.</param>
    /// <returns>False if nothing of it would be seen.</returns>
    public static bool TryRead(ReadOnlyMemory<char> typed, out string text)
    {
        bool isSeen = SpeechText.IsSeen(typed.Span);
        text = isSeen ? typed.ToString() : string.Empty;
        return isSeen;
    }

    /// <summary>The answer where <see cref="TrySay"/> or <see cref="TrySayToAll"/> was false.</summary>
    public static CommandAnswer NotAllReached() => CommandAnswer.Error(CommonCodes.NotAllReached);

    /// <summary>A character says something to others.</summary>
    /// <param name="speaker">Who.</param>
    /// <param name="said">What.</param>
    /// <param name="recipients">To whom; the speaker himself, if he is among them, is left out. The caller's again afterwards.</param>
    /// <returns>False if some may not have been reached; others may have been.</returns>
    public bool TrySay(in Character speaker, in Utterance said, List<SessionId> recipients)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        recipients.Remove(speaker.Session);
        bool isTaken = recipients.Count == 0 || _events.TryPush(said.From(speaker), recipients);
        return Finish(speaker, said, isTaken);
    }

    /// <summary>A character says something to everybody on all channels, himself among them.</summary>
    /// <returns>As above.</returns>
    public bool TrySayToAll(in Character speaker, in Utterance said) => Finish(speaker, said, _events.TryPushToAll(said.From(speaker)));

    /// <summary>A character says something to one other.</summary>
    /// <returns>What became of it; null if that is not known.</returns>
    public async ValueTask<DeliveryStatus?> WhisperAsync(Character speaker, Utterance said, SessionId recipient, CancellationToken cancellationToken)
    {
        Copy(speaker, said);
        DeliveryStatus? status = await _events.DeliverAsync(said.From(speaker), recipient, cancellationToken);
        _metrics.Delivered(said.Room, NameOf(status));
        return status;
    }

    private static string NameOf(DeliveryStatus? status) => status switch
    {
        DeliveryStatus.Taken => Taken,
        DeliveryStatus.Gone => "gone",
        DeliveryStatus.Blocked => "blocked",
        _ => "unknown",
    };

    private bool Finish(in Character speaker, in Utterance said, bool isTaken)
    {
        Copy(speaker, said);
        _metrics.Delivered(said.Room, isTaken ? Taken : Full);
        return isTaken;
    }

    private void Copy(in Character speaker, in Utterance said)
    {
        _taps.Offer(speaker, said);
        List<Character> watchers = t_watchers ??= [];
        _world.CollectWatchers(speaker.Name.Key, watchers);
        if (watchers.Count == 0)
        {
            return;
        }

        // Whom he watches may have come to his own tier, or above it, since.
        int tier = speaker.Tier;
        SessionId[] sessions = [.. watchers.Where(watcher => watcher.Tier > tier).Select(watcher => watcher.Session)];
        watchers.Clear();
        if (sessions.Length > 0)
        {
            _metrics.Delivered(Rooms.Trace, _events.TryPush(TraceCodes.CopyOf(said, speaker), sessions) ? Taken : Full);
        }
    }
}
