using System.Diagnostics.Metrics;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Hosting.Ipc;

/// <summary>What requests, queues and links count anyway, shown as instruments. Everything is read when somebody looks, and costs nothing else.</summary>
internal sealed class IpcMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GameServers.Ipc";

    private readonly Meter _meter;
    private readonly IpcState _state;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Owns the meter.</param>
    /// <param name="state">The daemon's place among the others.</param>
    /// <param name="role">Which daemon it is: chatDs ask and have links, channelDs answer.</param>
    public IpcMetrics(IMeterFactory meters, IpcState state, DaemonRole role)
    {
        _state = state;
        _meter = meters.Create(MeterName);
        AddQueues();
        if (role == DaemonRole.ChatD)
        {
            AddClient();
            AddLinks();
        }
        else
        {
            AddServer();
        }
    }

    private RequestClient? Client => _state.Node?.Client;

    private ICollection<ChannelLink> Links => _state.Node?.Peers.Watch.Links ?? [];

    private RequestServer? Server => _state.Node?.Server;

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void AddClient()
    {
        Counter("ipc.requests.asked", "{request}", "Requests that were asked for.", () => Of(Client, client => client.Statistics.Accepted));
        Counter("ipc.requests.ended", "{request}", "Requests that have ended, by outcome.", () => Tagged("outcome", Client?.Statistics, statistics =>
        [
            ("ok", statistics.Ok), ("error", statistics.Errors), ("busy", statistics.Busy), ("unknown", statistics.Unknown), ("cancelled", statistics.Cancelled),
        ]));
        Counter("ipc.results.dropped", "{result}", "Results that nobody got, by reason.", () => Tagged("reason", Client?.Statistics, statistics =>
        [
            ("late", statistics.Late), ("stale", statistics.Stale), ("wrong_user", statistics.WrongUser), ("malformed", statistics.Malformed),
        ]));
        Counter("ipc.requests.send_full", "{send}", "How often the mailbox was full although there was credit.", () => Of(Client, client => client.Statistics.SendFull));
        Gauge("ipc.requests.in_flight", "{request}", "Requests that have not ended.", () => Of(Client, client => client.InFlightCount));
        Gauge("ipc.requests.pending", "{request}", "Requests that wait here for room in the queue.", () => Of(Client, client => client.Usage.PendingCount));
        Gauge("ipc.requests.window", "By", "Bytes of unanswered requests that may be in the queue.", () => Of(Client, client => client.Usage.WindowBytes));
        Gauge("ipc.requests.credit", "By", "Bytes of that window in use, by state: used by requests in flight, owed by ended ones that may still lie in the queue.", () =>
            Tagged("state", Client, client => [("used", client.Usage.UsedBytes), ("owed", client.Usage.OwedBytes)]));
    }

    private void AddServer()
    {
        Counter("ipc.served.received", "{request}", "Requests that were read and understood.", () => Of(Server, server => server.Statistics.Received));
        Counter("ipc.served.answered", "{result}", "Results that were handed to the transport.", () => Of(Server, server => server.Statistics.Answered));
        Counter("ipc.served.refused", "{request}", "Requests that did not get their handler's result, by reason.", () => Tagged("reason", Server?.Statistics, statistics =>
        [
            ("expired", statistics.Expired), ("malformed", statistics.Malformed), ("unknown_request", statistics.Unknown), ("failed", statistics.Failed),
            ("handler_timeout", statistics.TimedOut), ("overloaded", statistics.Refused),
        ]));
        Counter("ipc.served.dropped", "{result}", "Results that never left, by reason.", () => Tagged("reason", Server?.Statistics, statistics =>
        [
            ("no_room", statistics.Dropped), ("late", statistics.Late),
        ]));
        Gauge("ipc.served.unanswered", "{request}", "Requests whose handlers run or wait, or whose results wait for room.", () => Of(Server, server => server.UnansweredCount));
        Gauge("ipc.chats.admitted", "{chatd}", "chatDs that this channelD serves.", () => Of(_state.Node?.Peers.Watch.Chats, chats => chats.AdmittedCount));
    }

    private void AddQueues()
    {
        Gauge("ipc.queue.depth", "{message}", "Messages that wait in a queue.", () => Depths(depth => depth.Frames));
        Gauge("ipc.queue.size", "By", "Bytes that wait in a queue.", () => Depths(depth => depth.Bytes));
        Gauge("ipc.queue.capacity", "By", "Bytes that a queue can hold.", () => Tagged("queue", _state.Node?.Transport.Limits, limits =>
        [
            ("request", limits.RequestCapacityBytes), ("result", limits.ResultCapacityBytes),
        ]));
    }

    private void AddLinks()
    {
        Gauge("ipc.link.up", "{link}", "1 where the channelD of that instance answers this chatD, else 0.", () =>
            Links.Select(link => new Measurement<long>(link.IsUp ? 1 : 0, TagOf(link))));
        _ = _meter.CreateObservableGauge(
            "ipc.link.answer.age",
            () => Links.Where(link => link.LastAnswerAge is not null).Select(link => new Measurement<double>(link.LastAnswerAge!.Value.TotalSeconds, TagOf(link))),
            "s",
            "How long ago the channelD of that instance has answered a greeting.");
    }

    private IEnumerable<Measurement<long>> Depths(Func<MailboxDepth, long> part)
    {
        if (_state.Node?.Transport is not { } transport)
        {
            return [];
        }

        try
        {
            return
            [
                new(part(transport.GetDepth(new Mailbox(MailboxKind.Request, 0))), new KeyValuePair<string, object?>("queue", "request")),
                new(part(transport.GetDepth(new Mailbox(MailboxKind.Result, 0))), new KeyValuePair<string, object?>("queue", "result")),
            ];
        }
        catch (ObjectDisposedException)
        {
            // The daemon stops.
            return [];
        }
    }

    private void Counter(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> observe) =>
        _ = _meter.CreateObservableCounter(name, observe, unit, description);

    private void Gauge(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> observe) =>
        _ = _meter.CreateObservableGauge(name, observe, unit, description);

    private static KeyValuePair<string, object?> TagOf(ChannelLink link) => new("channeld", link.ChannelInstance);

    private static IEnumerable<Measurement<long>> Of<T>(T? source, Func<T, long> value)
        where T : class => source is null ? [] : [new Measurement<long>(value(source))];

    private static IEnumerable<Measurement<long>> Tagged<T>(string tag, T? source, Func<T, (string Name, long Value)[]> values)
        where T : class => source is null ? [] : values(source).Select(value => new Measurement<long>(value.Value, new KeyValuePair<string, object?>(tag, value.Name)));
}
