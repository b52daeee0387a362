using System.Buffers;
using System.IO.Pipelines;
using ChatD.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Wire;
using Testing.Support.Waiting;

namespace ChatD.Tests.Connections;

/// <summary>Whoever has sent very much does not keep the thread on which others wait for their turn.</summary>
public sealed class PlayerTurnsTests
{
    private const int Frames = 5000;

    [Fact]
    public async Task Serve_OfOneWhoHasSentVeryMuch_LetsOthersOfTheThreadHaveTheirTurn()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using var thread = new OneThread();
        var options = new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: true);
        var toChat = new Pipe(options);
        var fromChat = new Pipe(options);
        var reader = new CountingReader(toChat.Reader);
        await using var connection = new DefaultConnectionContext("one", new BothWays(reader, fromChat.Writer), new BothWays(fromChat.Reader, toChat.Writer));
        Task serving = await thread.AskAsync(() => chat.Handler.OnConnectedAsync(connection));
        await SendAsync(toChat.Writer, new ClientLogIn(PlayerProtocol.Version, "하나", 1, "광장", Language.Korean), times: 1);
        Assert.False((await fromChat.Reader.ReadAsync()).Buffer.IsEmpty);
        await Eventually.TrueAsync(() => chat.Sessions.Count == 1, "the player is in");
        int before = reader.Returns;

        // Both from the thread itself, so that the question is behind the first turn and before the second.
        Task<int> asked = await thread.AskAsync(() =>
        {
            _ = SendAsync(toChat.Writer, default(ClientPong), Frames);
            return thread.AskAsync(() => reader.Returns - before);
        });
        Assert.Equal(0, await asked);
        await Eventually.TrueAsync(() => reader.Returns > before, "all frames are dealt with");
        await SendAsync(toChat.Writer, default(ClientBye), times: 1);
        await serving.WaitAsync(Eventually.DefaultDeadline);
    }

    private static async Task SendAsync<T>(PipeWriter writer, T message, int times)
        where T : IWireMessage<T>
    {
        var frames = new ArrayBufferWriter<byte>();
        for (int i = 0; i < times; i++)
        {
            PlayerFraming.WriteFrame(frames, message);
        }

        _ = await writer.WriteAsync(frames.WrittenMemory);
    }

    private sealed class BothWays(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
