using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.SysV;

/// <summary>Errors of the kernel that cannot be had at will, as root least of all.</summary>
public sealed class SysVErrnoTests : SysVTestBase
{
    private readonly FailingCalls _calls = new();

    [Fact]
    public async Task TrySend_ErrnoOfTheKernel_IsTheRightValue()
    {
        await using SysVTransport chat = Open();
        foreach ((Errno error, SendStatus expected) in (ReadOnlySpan<(Errno, SendStatus)>)
        [
            (Errno.EAGAIN, SendStatus.Full),
            (Errno.ENOMEM, SendStatus.Full),
            (Errno.EACCES, SendStatus.Refused),
            (Errno.EINVAL, SendStatus.TooLarge),
            (Errno.EPERM, SendStatus.Refused),
            (Errno.ENOSYS, SendStatus.Refused),
            (Errno.EFAULT, SendStatus.Refused),
        ])
        {
            _calls.SendError = error;
            Assert.Equal(expected, chat.TrySend(Requests, [1]));
        }

        _calls.SendError = Errno.None;
        Assert.Equal(SendStatus.Sent, chat.TrySend(Requests, [1]));
    }

    [Theory]
    [InlineData((int)Errno.EACCES)]
    [InlineData((int)Errno.ENOMEM)]
    public async Task StartReading_ErrnoThatPasses_ReadsOnAfterwards(int error)
    {
        await using SysVTransport chat = Open();
        _calls.ReceiveError = (Errno)error;
        var receiver = new RecordingReceiver();
        chat.StartReading(Results, receiver);
        await Eventually.TrueAsync(() => _calls.FailedReceives >= 2, "reading failed and was tried again");
        Assert.Single(Logger.Of(1007));

        _calls.ReceiveError = Errno.None;
        chat.TrySend(Results, [1]);
        await ArrivedAsync(receiver, 1);
    }

    [Fact]
    public async Task DisposeAsync_ReadingFails_Stops()
    {
        SysVTransport chat = Open();
        _calls.ReceiveError = Errno.EACCES;
        chat.StartReading(Results, new RecordingReceiver());
        await Eventually.TrueAsync(() => _calls.FailedReceives >= 1, "reading failed");

        await chat.DisposeAsync();

        Assert.Empty(Logger.Of(1008));
        Assert.True(Keys.AreUnused);
    }

    private SysVTransport Open() =>
        SysVTransport.Open(new SysVTransportOptions { RequestKey = Keys.RequestKey, Claim = ChatD }, Logger, _calls);
}
