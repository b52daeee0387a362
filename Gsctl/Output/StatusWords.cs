using System.Globalization;
using Shared.Protocol.Administration;

namespace Gsctl.Output;

/// <summary>What is shown of a status in several places.</summary>
internal static class StatusWords
{
    /// <summary>What a daemon is called: <c>chatD 0</c>, and a channelD by its channel: <c>channelD 1</c>.</summary>
    public static string NameOf(DaemonStatus status) => NameOf(status.Daemon, status.Instance);

    /// <summary>What a daemon is called.</summary>
    public static string NameOf(string daemon, int instance) =>
        string.Create(CultureInfo.InvariantCulture, $"{daemon} {(daemon == "channelD" ? instance + 1 : instance)}");

    /// <summary>Its sessions or characters.</summary>
    public static int PlayersOf(DaemonStatus status) => status.Chat?.Sessions ?? status.Channel?.Characters ?? 0;

    /// <summary>Its requests under way.</summary>
    public static int InFlightOf(DaemonStatus status) => status.Ipc?.Asking?.InFlight ?? status.Ipc?.Answering?.Unanswered ?? 0;

    /// <summary>The queues, which all of them share, as one of them sees them.</summary>
    public static TextTable QueuesOf(IEnumerable<DaemonStatus> all)
    {
        TextTable queues = new(
            new Column("QUEUE"), new Column("KEY", IsNumber: true), new Column("MESSAGES", IsNumber: true), new Column("BYTES", IsNumber: true), new Column("OF", IsNumber: true),
            new Column("FULL", IsNumber: true));
        if (all.Select(status => status.Ipc).FirstOrDefault(ipc => ipc?.Requests is not null) is { Requests: { } requests } ipc)
        {
            Add(queues, ipc.SingleQueue ? "both" : "requests", ipc.RequestKey, requests);
            if (!ipc.SingleQueue && ipc.Results is { } results)
            {
                Add(queues, "results", ipc.ResultKey, results);
            }
        }

        return queues;
    }

    private static void Add(TextTable to, string name, int key, QueueStatus queue) => to.Add(
        name,
        key.ToString(CultureInfo.InvariantCulture),
        Units.Count(queue.Messages),
        Units.Count(queue.Bytes),
        Units.Count(queue.CapacityBytes),
        Units.Share(queue.Bytes, queue.CapacityBytes));
}
