using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;

namespace Shared.Protocol.Tests.Requests;

public sealed class RequestMetricsTests
{
    [Fact]
    public async Task Duration_OfEachOutcome_IsToldInSeconds()
    {
        // Those of this thread: other tests' are measured, too.
        int thread = Environment.CurrentManagedThreadId;
        ConcurrentBag<(double Seconds, string Outcome)> told = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == RequestMetrics.MeterName)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            if (Environment.CurrentManagedThreadId == thread && (string?)tags[0].Value == "command")
            {
                told.Add((value, (string)tags[1].Value!));
            }
        });
        listener.Start();
        using RequestClientFixture fixture = new();
        Task answered = fixture.SendAsync("/찾기 아무개");
        fixture.Time.Advance(TimeSpan.FromMilliseconds(250));
        fixture.Answer(fixture.SentEnvelope(0));
        Task late = fixture.SendAsync("/찾기 아무개");
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await answered;
        await late;

        (double Seconds, string Outcome)[] inOrder = [.. told.OrderBy(measured => measured.Seconds)];
        Assert.Equal(2, inOrder.Length);
        Assert.Equal(0.25, inOrder[0].Seconds, precision: 6);
        Assert.Equal("ok", inOrder[0].Outcome);
        Assert.Equal("unknown", inOrder[1].Outcome);
        Assert.InRange(inOrder[1].Seconds, 2.9, 3.2);
    }

    [Fact]
    public void Name_OfARequest_IsALabel()
    {
        Assert.Equal("command", RequestName<CommandRequest>.Value);
        Assert.Equal("log_in", RequestName<LogInRequest>.Value);
    }
}
