using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChatD.Diagnostics;
using ChatD.Events;
using ChatD.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Names;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Testing.Support.Time;
using Testing.Support.Tracing;
using Testing.Support.Transports;

namespace ChatD.Tests.Diagnostics;

/// <summary>What is told of events: how many, what became of them, and in whose trace they are.</summary>
public sealed class EventDiagnosticsTests : IDisposable
{
    private const ulong ChannelGeneration = 0xD1;
    private const ulong ChatGeneration = 0xC1;

    private readonly SessionRegistry _sessions = new(firstId: 1);
    private readonly EventFanOut _fanOut;

    public EventDiagnosticsTests() => _fanOut = new EventFanOut(
        _sessions,
        _ => TestTexts,
        new ReportSender(new ScriptedTransport(), WireCodecs.For(WireFormat.MessagePack), ChatGeneration, chatInstance: 0),
        (_, _) => { },
        new ManualTime(),
        NullLogger.Instance);

    private static TextCatalogue TestTexts { get; } = new([new("say", "said", "{0}", "{0}")]);

    public void Dispose() => _fanOut.Dispose();

    [Fact]
    public void Event_OfATracedLine_IsShownInItsTrace()
    {
        using var recorder = new SpanRecorder(LineTracing.SourceName);
        TraceContext trace = new(0x1234567812345678, 0x8765432187654321, 0x42, TraceContext.SampledFlag);
        _fanOut.OnEvent(0, ChannelGeneration, Event(1, "map"), trace);
        _fanOut.OnEvent(0, ChannelGeneration, Event(2, "map"));
        _fanOut.OnEvent(0, ChannelGeneration, Event(3, "map"), trace with { Flags = 0 });
        Activity shown = Assert.Single(recorder.Of(Spans.ParentOf(trace).TraceId));
        Assert.Equal(("show event", ActivityKind.Consumer, Spans.ParentOf(trace).SpanId), (shown.OperationName, shown.Kind, shown.ParentSpanId));
        Assert.Equal("map", shown.GetTagItem(SpanTags.Room));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void Deliveries_OfAnEvent_AreCountedByWhatBecameOfThem()
    {
        // Rooms of this test's own: the meter is the process's.
        const string Room = "counted";
        ConcurrentDictionary<string, long> counts = new();
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == ChatMetrics.MeterName)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.Length > 0 && tags[0].Value is Room)
            {
                counts.AddOrUpdate($"{instrument.Name} {(tags.Length > 1 ? tags[1].Value : string.Empty)}", value, (_, before) => before + value);
            }
        });
        listener.Start();
        PlayerSession[] there = [LogIn("하나"), LogIn("둘")];
        _fanOut.OnEvent(0, ChannelGeneration, Event(1, Room, there[0].Id, there[1].Id, 999));
        there[1].Block([KeyOf("가")]);
        _fanOut.OnEvent(0, ChannelGeneration, Event(2, Room, there[0].Id, there[1].Id));
        Assert.Equal(
            ["chatd.deliveries blocked=1", "chatd.deliveries gone=1", "chatd.deliveries taken=3", "chatd.events =2"],
            counts.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
    }

    private static GameEvent Event(ulong number, string room, params int[] userIds) =>
        new(number, 0, room, "say", "said", ["x"], "가", EventAudience.Sessions, userIds, ChatGeneration);

    private static string KeyOf(string name) => CharacterName.TryParse(name, out CharacterName parsed, out _) ? parsed.Key : throw new ArgumentException(name);

    private PlayerSession LogIn(string name)
    {
        _ = CharacterName.TryParse(name, out CharacterName parsed, out _);
        PlayerSession session = _sessions.TryAdd(parsed, 1, "광장", Language.Korean, _ => { }, out _)
            ?? throw new InvalidOperationException($"{name} is there.");
        session.IsInGame = true;
        session.Events = new SessionEvents(Language.Korean, isResumable: false, new MonotonicClock(new ManualTime()));
        return session;
    }
}
