using System.Diagnostics;
using ChannelD.Diagnostics;
using ChannelD.Events;
using ChannelD.State.Sqlite;
using ChannelD.Tests.State.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Testing.Support.Folders;
using Testing.Support.Time;
using Testing.Support.Tracing;
using Testing.Support.Transports;

namespace ChannelD.Tests.Diagnostics;

public sealed class ChannelTracingTests : IDisposable
{
    private readonly ActivitySource _source = new($"test {Guid.NewGuid()}");
    private readonly SpanRecorder _recorder;
    private readonly FrameCodec _codec = WireCodecs.For(WireFormat.MessagePack);

    public ChannelTracingTests() => _recorder = new SpanRecorder(_source.Name, ChannelTracing.SourceName);

    public void Dispose()
    {
        Activity.Current = null;
        _recorder.Dispose();
        _source.Dispose();
    }

    [Fact]
    public async Task State_WithinAHandler_IsItsChild()
    {
        using var folder = new TempFolder();
        using var store = new SqliteStateStore([folder.File("state.db")], false, new PatientTime(), NullLogger<SqliteStateStore>.Instance);
        await store.OpenAsync(CancellationToken.None);
        _ = await store.LoadAsync("a", CancellationToken.None);
        Activity handle = Begin();
        Activity.Current = handle;
        Task loading = store.LoadAsync("a", CancellationToken.None).AsTask();
        Assert.Same(handle, Activity.Current);
        await loading;
        Assert.Same(handle, Activity.Current);

        Activity state = Assert.Single(_recorder.Of(handle.TraceId));
        Assert.Equal(("state Load", ActivityKind.Internal, handle.SpanId), (state.OperationName, state.Kind, state.ParentSpanId));
        Assert.Equal(("sqlite", "Load", "ok"), (state.GetTagItem(SpanTags.DatabaseSystem), state.GetTagItem(SpanTags.DatabaseOperation), state.GetTagItem(SpanTags.Outcome)));
        // Whatever still has it as its context is no part of it any more.
        ExecutionContext kept = ExecutionContext.Capture()!;
        Activity.Current = null;
        Spans.End(handle);
        Task later = Task.CompletedTask;
        ExecutionContext.Run(kept, _ => later = store.LoadAsync("a", CancellationToken.None).AsTask(), null);
        await later;
        Assert.Equal(2, _recorder.Of(handle.TraceId).Count);
    }

    [Fact]
    public async Task State_ThatFails_IsAFault()
    {
        using var folder = new TempFolder();
        using var store = new SqliteStateStore([folder.File("state.db")], false, new PatientTime(), NullLogger<SqliteStateStore>.Instance);
        await store.OpenAsync(CancellationToken.None);
        store.Dispose();
        Activity handle = Begin();
        Activity.Current = handle;
        await Assert.ThrowsAnyAsync<Exception>(async () => await store.LoadAsync("a", CancellationToken.None));
        Activity state = Assert.Single(_recorder.Of(handle.TraceId));
        Assert.Equal((ActivityStatusCode.Error, "failed"), (state.Status, state.GetTagItem(SpanTags.ErrorType)));
        Spans.End(handle);
    }

    [Fact]
    public void Event_WithinAHandler_CarriesItsTraceAndNoOtherDoes()
    {
        var transport = new ScriptedTransport();
        using var outbox = new EventOutbox(
            new Mailbox(MailboxKind.Event, 0), 0xC1, transport, new EventEncoder(_codec, 0xD1, transport.Limits.MaxFrameBytes), new EventCounts(), new ManualTime());
        GameEvent message = new(0, 0, Rooms.Map, "say", "said", [], string.Empty, EventAudience.Everybody, [], 0);
        Assert.True(outbox.TryPost(message));
        Activity handle = Begin();
        Activity.Current = handle;
        Assert.True(outbox.TryPost(message));
        Activity.Current = null;
        Spans.End(handle);
        Assert.True(outbox.TryPost(message));

        Assert.Equal([null, Spans.ContextOf(handle), null], transport.Sent.Select(sent =>
        {
            Assert.Equal(FrameFault.None, EnvelopeFormat.TryRead(sent.Frame, out Envelope envelope, out _));
            return envelope.Trace;
        }));
    }

    private Activity Begin() => Spans.Begin(_source, "handle", ActivityKind.Server, parent: default) ?? throw new InvalidOperationException("Nobody listens.");
}
