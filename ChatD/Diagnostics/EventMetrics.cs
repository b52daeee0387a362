using System.Diagnostics.Metrics;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Messages.Events;

namespace ChatD.Diagnostics;

/// <summary>What chatD counts of what players are shown, on the meter of <see cref="ChatMetrics"/>. For any thread.</summary>
internal static class EventMetrics
{
    private const int MaxRooms = 20;

    private static readonly Meter s_meter = new(ChatMetrics.MeterName);
    private static readonly BoundedLabel s_rooms = new(MaxRooms);
    private static readonly Counter<long> s_events = s_meter.CreateCounter<long>("chatd.events", "{event}", "Events that channelDs have pushed for players, by room.");

    private static readonly Counter<long> s_deliveries = s_meter.CreateCounter<long>(
        "chatd.deliveries", "{delivery}", "What became of events, one for each recipient, by room and outcome: taken by a session, gone with it, or blocked.");

    private static readonly Counter<long> s_lost = s_meter.CreateCounter<long>(
        "chatd.events.lost", "{event}", "Events that were lost on the way from a channelD, as their numbers show; players are told of it.");

    // Without it the instruments would be made at the first event, and not be seen before.
    static EventMetrics()
    {
    }

    /// <summary>Has the instruments made, so that they are shown before the first event.</summary>
    public static void Announce()
    {
    }

    /// <summary>An event was given to those it is for.</summary>
    /// <param name="room">Where it was said.</param>
    /// <param name="byStatus">How many recipients it had of each <see cref="DeliveryStatus"/>, by its number.</param>
    public static void Shown(string room, ReadOnlySpan<int> byStatus)
    {
        if (!s_events.Enabled && !s_deliveries.Enabled)
        {
            return;
        }

        string label = s_rooms.Of(room);
        s_events.Add(1, new KeyValuePair<string, object?>("room", label));
        for (DeliveryStatus status = DeliveryStatus.Taken; status <= DeliveryStatus.Blocked; status++)
        {
            if (byStatus[(int)status] > 0)
            {
                s_deliveries.Add(byStatus[(int)status], new("room", label), new("outcome", NameOf(status)));
            }
        }
    }

    /// <summary>Events were lost.</summary>
    public static void Lost(ulong count) => s_lost.Add((long)count);

    private static string NameOf(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Taken => "taken",
        DeliveryStatus.Gone => "gone",
        _ => "blocked",
    };
}
