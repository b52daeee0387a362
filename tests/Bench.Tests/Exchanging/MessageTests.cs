using IpcBench.Exchanging;

namespace Bench.Tests.Exchanging;

public sealed class MessageTests
{
    private readonly byte[] _request = Message.Make(64);

    [Fact]
    public void Check_TheSameBytes_IsTheAnswer()
    {
        Message.SetNumber(_request, 7);
        Message.Check(_request.ToArray(), _request, 7, wholly: true);
        Assert.Equal(64, Message.LengthOf(_request));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(63)]
    public void Check_OneByteAnother_IsRefused(int position)
    {
        byte[] result = [.. _request];
        result[position] ^= 1;
        Assert.Throws<InvalidDataException>(() => Message.Check(result, _request, 0, wholly: true));
    }

    [Fact]
    public void Check_AnotherLength_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => Message.Check(_request.AsSpan(1), _request, 0, wholly: false));

    [Fact]
    public void Check_AnotherNumber_IsRefusedAlsoInAHurry() =>
        Assert.Throws<InvalidDataException>(() => Message.Check(_request, _request, 1, wholly: false));

    [Fact]
    public void LengthOf_NoLength_IsRefused() => Assert.Throws<InvalidDataException>(() => Message.LengthOf(new byte[4]));
}
