using Shared.Protocol.Transport;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Contract;

/// <content>A receiver that expects more is given what is there in one go, and told when that is all.</content>
public abstract partial class TransportContractTests
{
    [Fact]
    public async Task StartReading_ReceiverThatExpectsMore_GetsWhatIsThereInOneBurst()
    {
        const int Count = 20;
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
        using var areAllSent = new ManualResetEventSlim();
        var receiver = new BurstReceiver(() => areAllSent.Wait(Eventually.DefaultDeadline));
        channel.StartReading(Requests, receiver);
        for (int number = 0; number < Count; number++)
        {
            await SendAsync(chat, Requests, Numbered(number));
        }

        areAllSent.Set();
        await Eventually.TrueAsync(() => receiver.Bursts.Sum() == Count, "all frames came in bursts that have ended");
        Assert.Null(receiver.Fault);
        Assert.Equal([Count], receiver.Bursts);
    }

    [Fact]
    public async Task StartReading_ReceiverThatThrowsInABurst_IsToldItsEndAllTheSame()
    {
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
        var receiver = new BurstReceiver(static () => throw new InvalidOperationException("as tests go"));
        channel.StartReading(Requests, receiver);
        await SendAsync(chat, Requests, Numbered(1));
        await Eventually.TrueAsync(() => receiver.Bursts.Sum() == 1, "the burst has ended");
        await SendAsync(chat, Requests, Numbered(2));
        await Eventually.TrueAsync(() => receiver.Bursts.Sum() == 2, "the next one as well");
        Assert.Null(receiver.Fault);
    }
}
