using IpcBench.Exchanging;

namespace Bench.Tests.Exchanging;

public sealed class StreamChannelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void Receive_StreamInPiecesOfAnySize_CutsItIntoItsMessages(int pieceBytes)
    {
        byte[][] messages = [Message.Make(16), Message.Make(8192), Message.Make(64), Message.Make(8192), Message.Make(17)];
        using var stream = new ScriptedStream([.. messages.SelectMany(bytes => bytes)], pieceBytes);
        foreach (byte[] message in messages)
        {
            Assert.Equal(message, stream.Receive().ToArray());
        }

        Assert.True(stream.Receive().IsEmpty);
    }

    [Fact]
    public void TrySend_LessFitsThanAMessage_KeepsTheRestAndSendsItFirst()
    {
        using var stream = new ScriptedStream([], 1);
        stream.RoomBytes = 10;
        Assert.True(stream.TrySend(Message.Make(16)));
        Assert.False(stream.TrySend(Message.Make(17)));
        stream.RoomBytes = 6;
        Assert.False(stream.TrySend(Message.Make(17)));
        stream.RoomBytes = 17;
        Assert.True(stream.TrySend(Message.Make(17)));
        Assert.Equal([.. Message.Make(16), .. Message.Make(17)], stream.Written);
    }

    [Fact]
    public void Receive_RestOfAMessageIsKept_SendsItBeforeItWaits()
    {
        using var stream = new ScriptedStream(Message.Make(16), 16);
        stream.RoomBytes = 10;
        Assert.True(stream.TrySend(Message.Make(16)));
        stream.RoomBytes = 100;
        Assert.Equal(16, stream.Receive().Length);
        Assert.Equal(Message.Make(16), stream.Written);
    }
}
