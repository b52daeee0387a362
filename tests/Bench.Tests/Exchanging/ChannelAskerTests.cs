using IpcBench.Exchanging;

namespace Bench.Tests.Exchanging;

public sealed class ChannelAskerTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 3)]
    [InlineData(64, 64)]
    public async Task Run_RoomForSome_HasThatManyInFlightAndGetsAllAnswers(int inFlight, int room)
    {
        var load = new Load(64, inFlight, Seconds: 0, Count: 200);
        var tally = new Tally(load);
        await new ChannelAsker(new Loopback(room)).RunAsync(load, tally).WaitAsync(s_deadline);
        Assert.True(tally.Times.Count >= load.Count);
        Assert.Equal(room, tally.Reached);
    }

    [Fact]
    public async Task Run_NoRoomAndNothingInFlight_WaitsForRoom()
    {
        var load = new Load(64, InFlight: 4, Seconds: 0, Count: 20);
        var tally = new Tally(load);
        var channel = new Loopback(room: 0);
        await new ChannelAsker(channel).RunAsync(load, tally).WaitAsync(s_deadline);
        Assert.Equal((20, 20, 1), (tally.Times.Count, channel.Waits, tally.Reached));
    }

    [Fact]
    public async Task Run_WrongAnswer_Fails()
    {
        var load = new Load(64, InFlight: 1, Seconds: 0, Count: 20);
        Task run = new ChannelAsker(new Loopback(room: 1, damages: true)).RunAsync(load, new Tally(load));
        await Assert.ThrowsAsync<InvalidDataException>(() => run.WaitAsync(s_deadline));
    }

    /// <summary>Gives back what it takes, in order.</summary>
    private sealed class Loopback(int room, bool damages = false) : IFrameChannel
    {
        private readonly Queue<byte[]> _messages = new();

        public int Waits { get; private set; }

        public bool TrySend(ReadOnlySpan<byte> message)
        {
            if (_messages.Count >= room)
            {
                return false;
            }

            _messages.Enqueue(message.ToArray());
            return true;
        }

        public void Send(ReadOnlySpan<byte> message)
        {
            Waits++;
            _messages.Enqueue(message.ToArray());
        }

        public ReadOnlySpan<byte> Receive()
        {
            byte[] message = _messages.Dequeue();
            message[^1] ^= (byte)(damages ? 1 : 0);
            return message;
        }

        public void Dispose()
        {
        }
    }
}
