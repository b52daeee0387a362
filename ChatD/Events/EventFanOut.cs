using System.Diagnostics;
using ChatD.Diagnostics;
using ChatD.Gateway;
using ChatD.Sessions;
using ChatD.Texts;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace ChatD.Events;

/// <summary>
/// Gives what channelDs push to the sessions it is for. A loss on the way from a channelD shows in its numbers, and every player who is there is
/// told. Never waits for a player. Safe on every thread.
/// </summary>
internal sealed class EventFanOut : IGameEventSink, IDisposable
{
    private readonly SessionRegistry _sessions;
    private readonly Func<int, TextCatalogue> _texts;
    private readonly ReportSender _reports;
    private readonly Action<int, SessionEnded> _end;
    private readonly MonotonicClock _clock;
    private readonly ILogger _logger;
    private readonly TextGate _gate;

    // By the number of the channelD. Belongs to whoever the gate lets in.
    private readonly EventStream?[] _streams = new EventStream?[Mailbox.MaxInstance + 1];

    /// <summary>Makes one.</summary>
    /// <param name="sessions">All sessions.</param>
    /// <param name="texts">The texts of a channelD, by its number, as they are at present; see <see cref="OnTextsChanged"/>.</param>
    /// <param name="reports">Tells channelDs what became of a message.</param>
    /// <param name="end">Ends a session that a channelD, by its number, has ended; must not wait.</param>
    /// <param name="time">The clock of the events' age.</param>
    /// <param name="logger">Takes what an operator should know.</param>
    public EventFanOut(
        SessionRegistry sessions, Func<int, TextCatalogue> texts, ReportSender reports, Action<int, SessionEnded> end, TimeProvider time, ILogger logger)
    {
        EventMetrics.Announce();
        _sessions = sessions;
        _texts = texts;
        _reports = reports;
        _end = end;
        _clock = new MonotonicClock(time);
        _logger = logger;
        _gate = new TextGate(texts, Take, (message, fault) => ChatLog.EventFailed(_logger, message.ChannelInstance + 1, fault), time);
    }

    /// <inheritdoc/>
    public void OnEvent(int channelInstance, ulong channelGeneration, in GameEvent message, TraceContext? trace = null) =>
        _gate.Pass(new PushedMessage(channelInstance, channelGeneration, Event: message, Trace: trace));

    /// <inheritdoc/>
    public void OnUpdate(int channelInstance, ulong channelGeneration, in SessionUpdate message) =>
        _gate.Pass(new PushedMessage(channelInstance, channelGeneration, Update: message));

    /// <inheritdoc/>
    public void OnEnded(int channelInstance, ulong channelGeneration, in SessionEnded message) =>
        _gate.Pass(new PushedMessage(channelInstance, channelGeneration, Ended: message));

    /// <inheritdoc/>
    public void OnLoss(ChannelPort? of = null)
    {
        var mark = new SharedEvent(Rooms.System, string.Empty, ChatCodes.EventsMissed, [], string.Empty, _texts(0), _clock.NowNs);
        foreach (PlayerSession session in _sessions.InGame)
        {
            if (of is null || session.Owner == of)
            {
                session.Events?.Miss(mark);
            }
        }
    }

    /// <summary>Other texts are here, perhaps those that an event waits for.</summary>
    public void OnTextsChanged() => _gate.OnTextsChanged();

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static DeliveryStatus Give(PlayerSession session, SharedEvent given)
    {
        if (session.Blocks(given.SenderKey))
        {
            return DeliveryStatus.Blocked;
        }

        // Before he can read it: he may answer at once.
        if (given.Room == Rooms.Whisper && given.Sender.Length > 0)
        {
            session.LastWhisperFrom = given.Sender;
        }

        return session.IsInGame && session.Events?.TryGive(given) == true ? DeliveryStatus.Taken : DeliveryStatus.Gone;
    }

    private void Take(PushedMessage message)
    {
        // Of a run of this chatD before: it lay in the mailbox.
        if (message.ChatGeneration != _reports.Generation || (uint)message.ChannelInstance > Mailbox.MaxInstance)
        {
            return;
        }

        EventStream stream = _streams[message.ChannelInstance] ??= new EventStream();
        if (!stream.TryTake(message.ChannelGeneration, message.Number, out ulong lostCount))
        {
            return;
        }

        if (lostCount > 0)
        {
            EventMetrics.Lost(lostCount);
            ChatLog.EventsLost(_logger, lostCount, message.ChannelInstance + 1);
            OnLoss();
        }

        if (message.Event is { } shown)
        {
            ShowTraced(message, shown);
        }
        else if (message.Update is { } update)
        {
            // What a channelD says that the session has left is old.
            if (_sessions.Find(update.UserId) is { } session && (session.Owner is null || session.Owner.Channel == message.ChannelInstance + 1))
            {
                session.Block(update.BlockedKeys);
            }
        }
        else if (message.Ended is { } ended)
        {
            _end(message.ChannelInstance, ended);
        }
    }

    private void ShowTraced(in PushedMessage message, in GameEvent shown)
    {
        Activity? span = message.Trace is { IsSampled: true } trace ? LineTracing.BeginEvent(trace, shown.Room, shown.UserIds.Count) : null;
        try
        {
            Show(message, shown);
        }
        finally
        {
            if (span is not null)
            {
                Spans.End(span);
            }
        }
    }

    private void Show(in PushedMessage message, in GameEvent shown)
    {
        Span<int> byStatus = stackalloc int[(int)DeliveryStatus.Blocked + 1];
        byStatus.Clear();
        var shared = new SharedEvent(shown.Room, shown.Command, shown.Code, shown.Arguments, shown.Sender, _texts(message.ChannelInstance), _clock.NowNs);
        if (shown.Audience == EventAudience.Everybody)
        {
            foreach (PlayerSession session in _sessions.InGame)
            {
                byStatus[(int)Give(session, shared)]++;
            }
        }

        DeliveryStatus status = DeliveryStatus.Gone;
        for (int i = 0; i < shown.UserIds.Count; i++)
        {
            status = _sessions.Find(shown.UserIds[i]) is { } session ? Give(session, shared) : DeliveryStatus.Gone;
            byStatus[(int)status]++;
        }

        EventMetrics.Shown(shown.Room, byStatus);

        if (shown.DeliveryId != 0)
        {
            _reports.Send(message.ChannelInstance, message.ChannelGeneration, shown.DeliveryId, status);
        }
    }
}
