using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Requests;

/// <content>Results in parts.</content>
public sealed partial class RequestClientTests
{
    [Fact]
    public async Task OnFrame_ResultInParts_IsPutTogether()
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/누구");
        Envelope request = fixture.SentEnvelope(0);
        byte[] body = BodyOf(new string('나', 3000));
        SendParts(fixture, request, body, count: 3);
        Outcome<CommandResult> outcome = await task;
        Assert.Equal(OutcomeKind.Ok, outcome.Kind);
        Assert.Equal(3000, outcome.Result.Arguments[0].Length);
    }

    [Fact]
    public async Task OnFrame_PartsOverTwoWays_ArePutTogetherInTheirOrder()
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/누구");
        byte[] body = BodyOf(string.Concat(Enumerable.Range(0, 1000).Select(number => $"{number} ")));
        SendParts(fixture, fixture.SentEnvelope(0), body, count: 5, skip: 1);
        Assert.False(task.IsCompleted);
        SendParts(fixture, fixture.SentEnvelope(0), body, count: 5, only: 1);
        Outcome<CommandResult> outcome = await task;
        Assert.Equal(OutcomeKind.Ok, outcome.Kind);
        Assert.Equal(string.Concat(Enumerable.Range(0, 1000).Select(number => $"{number} ")), outcome.Result.Arguments[0]);
    }

    [Fact]
    public async Task OnFrame_APartComesTwice_EndsUnknown()
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/누구");
        SendParts(fixture, fixture.SentEnvelope(0), BodyOf("나"), count: 3, skip: 1);
        SendParts(fixture, fixture.SentEnvelope(0), BodyOf("나"), count: 3, only: 2);
        Outcome<CommandResult> outcome = await task;
        Assert.Equal((OutcomeKind.Unknown, OutcomeCodes.MalformedResult), (outcome.Kind, outcome.Code));
    }

    [Fact]
    public async Task OnFrame_PartsLargerThanAllowed_AreTooLarge()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 12288, MaxResultBytes = 1024 });
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/누구");
        SendParts(fixture, fixture.SentEnvelope(0), BodyOf(new string('나', 3000)), count: 3);
        Outcome<CommandResult> outcome = await task;
        Assert.Equal((OutcomeKind.Error, OutcomeCodes.TooLarge), (outcome.Kind, outcome.Code));
    }

    private static byte[] BodyOf(string argument)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        ResultBody<CommandResult>.Ok(new CommandResult("who", "who", [argument], null)).Write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void SendParts(RequestClientFixture fixture, in Envelope request, byte[] body, int count, int skip = -1, int only = -1)
    {
        int partBytes = (body.Length + count - 1) / count;
        for (int i = 0; i < count; i++)
        {
            if (i == skip || (only >= 0 && i != only))
            {
                continue;
            }

            using var frame = new PooledBuffer();
            Envelope part = request with { Kind = MessageKind.Result, ReplyMailbox = 0, Part = new FramePart(i, count) };
            fixture.Codec.WriteRaw(part, body.AsSpan(i * partBytes, Math.Min(partBytes, body.Length - (i * partBytes))), frame);
            fixture.Client.OnFrame(frame.WrittenSpan);
        }
    }
}
