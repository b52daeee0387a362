using System.Diagnostics.Metrics;
using ChannelD.Commands;
using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Wire;
using Xunit.Abstractions;

namespace ChannelD.Tests.Commands;

public class CommandDispatcherTests(ITestOutputHelper output)
{
    [Fact]
    public void Run_CommandThatThrows_IsAnsweredInternal()
    {
        using TestChannel channel = With((_, _) => throw new InvalidOperationException("broken"));
        channel.AssertAnswer(null, "/fake", ResultStatus.Error, "fake", "internal");
        channel.AssertAnswer(null, "/찾기 전사", ResultStatus.Ok, "find", "not_found", "전사");
    }

    [Fact]
    public async Task Run_CommandThatWaits_IsAnsweredLater()
    {
        var gate = new TaskCompletionSource<CommandAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        using TestChannel channel = With((_, _) => new ValueTask<CommandAnswer>(gate.Task));
        Task<ResultBody<CommandResult>> running = channel.Game.RunAsync(null, "/fake", CancellationToken.None).AsTask();
        Assert.False(running.IsCompleted);
        gate.SetResult(CommandAnswer.Ok("done", "x"));
        ResultBody<CommandResult> result = await running.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((ResultStatus.Ok, "fake", "done"), (result.Status, result.Message.Command, result.Message.Code));
    }

    [Fact]
    public async Task Run_CommandThatFailsLater_IsAnsweredInternal()
    {
        using TestChannel channel = With((_, _) => new ValueTask<CommandAnswer>(Task.FromException<CommandAnswer>(new TimeoutException())));
        ResultBody<CommandResult> result = await channel.Game.RunAsync(null, "/fake", CancellationToken.None);
        Assert.Equal((ResultStatus.Error, "internal"), (result.Status, result.Code));
    }

    [Fact]
    public void Run_CommandThatNeedsNoCharacterButUsesIt_SaysWhatIsMissing()
    {
        var call = new CommandCall { Asker = null, Channel = 1, Argument = default, Commands = new CommandRegistry([]) };
        Assert.Contains("NeedsCharacter", Assert.Throws<InvalidOperationException>(() => call.Session).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RandomLines_NeverThrowAndAlwaysAnswer()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] pieces =
        [
            "/", "찾기", "find", "누구", "이동", "캐시샵", "도움말", " ", "\t", "전사", "\uD800", "\uDC00", "\u3164", "\0", "\u0301", "{0}", "{",
            "\u2028", "나가기", "enter", "\uFFFE", "😀", "／", "\u1112", "\u1161", new string('가', 100),
        ];
        using var channel = new TestChannel();
        SessionId asker = channel.LogIn(1, "전사");
        for (int round = 0; round < 20_000; round++)
        {
            string line = (random.Next(2) == 0 ? "/" : string.Empty)
                + string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));
            Assert.NotEmpty(channel.RunText(random.Next(2) == 0 ? asker : null, line));
        }
    }

    [Theory]
    [InlineData("/찾기 전사", 64)]
    [InlineData("/find 궁수", 64)]
    [InlineData("/찾기 없는이름", 96)]
    [InlineData("/없는명령", 64)]
    public async Task Run_Find_AllocatesOnlyWhatTheAnswerCarries(string line, long limitBytes)
    {
        using var channel = new TestChannel();
        SessionId asker = channel.LogIn(1, "전사");
        channel.LogIn(2, "궁수", channel: 2);
        const int Runs = 2000;
        long[] allocated = new long[Runs];
        for (int run = 0; run < Runs; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ValueTask<ResultBody<CommandResult>> running = channel.Game.RunAsync(asker, line, CancellationToken.None);
            allocated[run] = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(running.IsCompletedSuccessfully);
            Assert.True((await running).HasMessage);
        }

        Array.Sort(allocated);
        output.WriteLine($"median {allocated[Runs / 2]} bytes");
        Assert.InRange(allocated[Runs / 2], 0, limitBytes);
    }

    [Theory]
    [InlineData("/찾기 전사", 64)]
    [InlineData("/찾기 없는이름", 96)]
    [InlineData("/없는명령", 64)]
    public async Task Run_WithLimits_AllocatesNoMore(string line, long limitBytes)
    {
        using var channel = new TestChannel(limits: options => (options.FindBurst, options.CommonBurst) = (10_000, 10_000));
        SessionId asker = channel.LogIn(1, "전사");
        const int Runs = 2000;
        long[] allocated = new long[Runs];
        for (int run = 0; run < Runs; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ValueTask<ResultBody<CommandResult>> running = channel.Game.RunAsync(asker, line, CancellationToken.None);
            allocated[run] = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(running.IsCompletedSuccessfully);
            Assert.NotEqual("rate_limited", (await running).Message.Code);
        }

        Array.Sort(allocated);
        output.WriteLine($"median {allocated[Runs / 2]} bytes");
        Assert.InRange(allocated[Runs / 2], 0, limitBytes);
    }

    [Fact]
    public void Metrics_Commands_AreCountedByIdAndCode()
    {
        using var channel = new TestChannel();
        var counted = new List<string>();
        using MeterListener listener = Listen(channel, counted);
        channel.LogIn(1, "전사");
        channel.Run(null, "/찾기 전사");
        channel.Run(null, "/찾기 없다");
        channel.Run(null, "/뭐");
        listener.RecordObservableInstruments();
        string[] expected =
        [
            "channeld.finds 1 same_channel", "channeld.commands 1 find same_map",
            "channeld.finds 1 not_in_game", "channeld.commands 1 find not_found",
            "channeld.commands 1 none unknown_command", "channeld.characters 1",
            "channeld.presence 1 1 in_map", "channeld.presence 0 1 cash_shop", "channeld.presence 0 1 in_transfer",
            "channeld.peers 0", "channeld.events.frames 0 ", "channeld.events.refused 0 ", "channeld.events.pending 0",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), counted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Metrics_RefusalsAndDeliveries_AreCountedByReasonAndRoom()
    {
        using var channel = new TestChannel(limits: options => (options.SayBurst, options.UnknownNamesPerMinute) = (1, 1));
        var counted = new List<string>();
        using MeterListener listener = Listen(channel, counted);
        SessionId asker = channel.LogIn(1, "전사");
        channel.LogIn(2, "법사");
        channel.Run(asker, "안녕");
        channel.Run(asker, "안녕");
        channel.Run(asker, "/공지 안녕");
        channel.Run(asker, "/귓속말 법사 안녕");
        channel.Run(asker, "/찾기 없다");
        channel.Run(asker, "/찾기 법사");
        Assert.Equal(
            [
                "channeld.deliveries 1 map taken", "channeld.refusals 1 rate say", "channeld.refusals 1 tier common",
                "channeld.deliveries 1 whisper taken", "channeld.refusals 1 unknown_names find",
            ],
            counted.Where(line => !line.StartsWith("channeld.commands", StringComparison.Ordinal) && !line.StartsWith("channeld.finds", StringComparison.Ordinal)));
    }

    private static MeterListener Listen(TestChannel channel, List<string> counted)
    {
        var listener = new MeterListener();
        IMeterFactory factory = channel.Service<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == ChannelMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted.Add($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => counted.Add($"{instrument.Name} {value}"));
        listener.Start();
        return listener;
    }

    private static TestChannel With(Func<CommandCall, CancellationToken, ValueTask<CommandAnswer>> run) => new(
        add: services => services.AddSingleton<IPlayerCommand>(
            new Fakes.Command(Fakes.Description(texts: new CommandText("done", "{0}", "{0}")), run)));
}
