using System.Diagnostics;
using System.Net.Sockets;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Unix;
using Testing.Support.Users;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Unix;

/// <summary>What is particular to sockets: readers that come and go, their files, and who may be at the other end.</summary>
public sealed class UnixSocketTests : IDisposable
{
    private static readonly Mailbox s_results = new(MailboxKind.Result, 3);

    private readonly UnixHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task TrySend_NobodyReads_IsGone()
    {
        await using UnixTransport channel = _harness.OpenUnix();

        Assert.Equal(SendStatus.Gone, channel.TrySend(s_results, [1]));
        Assert.False(channel.IsConnected(s_results));
    }

    [Fact]
    public async Task TrySend_ReaderReplaced_ReachesTheNewOne()
    {
        await using UnixTransport channel = _harness.OpenUnix();
        for (int round = 0; round < 5; round++)
        {
            await using UnixTransport chat = _harness.OpenUnix();
            var receiver = new RecordingReceiver();
            chat.StartReading(s_results, receiver);
            await Eventually.TrueAsync(() => channel.TrySend(s_results, [(byte)round]) == SendStatus.Sent, "the reader is found");
            await Eventually.TrueAsync(() => receiver.Count > 0, "the frame arrived");
            Assert.All(receiver.Frames, frame => Assert.Equal([(byte)round], frame));
        }

        await Eventually.TrueAsync(() => channel.TrySend(s_results, [9]) == SendStatus.Gone, "the last one has gone");
        Assert.True(_harness.IsClean);
    }

    [Fact]
    public async Task StartReading_SocketOfAKilledReaderIsThere_TakesItsPlace()
    {
        using (var killed = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(_harness.PathOf(s_results)));
        }

        // .NET removes the file of a socket it closes; a killed process does not.
        await File.WriteAllTextAsync(_harness.PathOf(s_results), string.Empty);
        await using UnixTransport chat = _harness.OpenUnix();
        var receiver = new RecordingReceiver();
        chat.StartReading(s_results, receiver);
        await using UnixTransport channel = _harness.OpenUnix();

        await SendAsync(channel, [1]);
        await Eventually.TrueAsync(() => receiver.Count == 1, "the frame arrived");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_SocketRemovedByHand_IsMadeAgain(bool isReplaced)
    {
        await using UnixTransport chat = _harness.OpenUnix();
        var receiver = new RecordingReceiver();
        chat.StartReading(s_results, receiver);
        await using UnixTransport before = _harness.OpenUnix();
        await SendAsync(before, [1]);
        File.Delete(_harness.PathOf(s_results));
        if (isReplaced)
        {
            await File.WriteAllTextAsync(_harness.PathOf(s_results), "something else");
        }

        // Who is connected is not concerned.
        Assert.Equal(SendStatus.Sent, before.TrySend(s_results, [2]));
        await using UnixTransport after = _harness.OpenUnix();
        await Eventually.TrueAsync(() => after.TrySend(s_results, [3]) == SendStatus.Sent, "the socket is there again");
        await Eventually.TrueAsync(() => receiver.Count == 3, "all frames arrived");
        Assert.Equal([1, 2, 3], receiver.Frames.Select(frame => (int)frame[0]));
    }

    [Fact]
    public async Task TrySend_ReaderDoesNotRead_IsFullAndNothingIsLost()
    {
        await using UnixTransport chat = _harness.OpenUnix();
        using var release = new ManualResetEventSlim();
        var receiver = new RecordingReceiver(_ => release.Wait(Eventually.DefaultDeadline));
        chat.StartReading(s_results, receiver);
        await using UnixTransport channel = _harness.OpenUnix();
        await SendAsync(channel, BitConverter.GetBytes(0));
        int sent = 1;
        while (channel.TrySend(s_results, BitConverter.GetBytes(sent)) is var status && status != SendStatus.Full)
        {
            Assert.Equal(SendStatus.Sent, status);
            sent++;
        }

        release.Set();
        await Eventually.TrueAsync(() => receiver.Count == sent, "all frames arrived");
        Assert.Equal(Enumerable.Range(0, sent), receiver.Frames.Select(frame => BitConverter.ToInt32(frame)));
        await Eventually.TrueAsync(() => channel.TrySend(s_results, [1]) == SendStatus.Sent, "there is room again");
    }

    [Fact]
    public async Task TrySend_MoreThanAQueueTakes_ArrivesWhole()
    {
        await using UnixTransport chat = _harness.OpenUnix();
        var receiver = new RecordingReceiver();
        chat.StartReading(s_results, receiver);
        await using UnixTransport channel = _harness.OpenUnix();
        byte[] frame = new byte[channel.Limits.MaxFrameBytes];
        new Random(5).NextBytes(frame);

        Assert.Equal((64 * 1024) - 1, frame.Length);
        await SendAsync(channel, frame);
        await Eventually.TrueAsync(() => receiver.Count == 1, "the frame arrived");
        Assert.Equal(frame, receiver.Frames[0]);
    }

    [Fact]
    public async Task Read_ForeignBytes_AreDroppedAndTheConnectionGoesOn()
    {
        await using UnixTransport chat = _harness.OpenUnix();
        var receiver = new RecordingReceiver();
        chat.StartReading(s_results, receiver);
        using var foreign = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        await foreign.ConnectAsync(new UnixDomainSocketEndPoint(_harness.PathOf(s_results)));

        await foreign.SendAsync(new byte[] { 2, 7, 7 });
        foreign.SendBufferSize = 4 * 1024 * 1024;
        await foreign.SendAsync(new byte[] { 1, 42 });
        await foreign.SendAsync(new byte[] { 1 });

        await Eventually.TrueAsync(() => receiver.Count == 2, "the frames arrived");
        Assert.Equal([[42], []], receiver.Frames);
    }

    [Fact]
    public async Task Files_AreForTheirOwnerOnly()
    {
        await using UnixTransport chat = _harness.OpenUnix();
        chat.StartReading(s_results, new RecordingReceiver());

        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_harness.PathOf(s_results)));
        }
    }

    [RequiresRootFact]
    public async Task Read_ProcessOfAnotherUser_IsRefused()
    {
        await using UnixTransport chat = _harness.OpenUnix();
        var receiver = new RecordingReceiver();
        chat.StartReading(s_results, receiver);

        // Even where the files would let it in.
        using (Process chmod = Process.Start("chmod", ["-R", "a+rwx", _harness.Folder]))
        {
            await chmod.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
        }

        const string Script = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            s.connect(sys.argv[1])
            try:
                s.send(b"\x01intruder")
                print("closed" if s.recv(10) == b"" else "answered")
            except (BrokenPipeError, ConnectionResetError):
                print("closed")
            """;
        var start = new ProcessStartInfo("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3", "-c", Script, _harness.PathOf(s_results)])
        {
            RedirectStandardOutput = true,
        };
        using Process intruder = Process.Start(start)!;
        string said = await intruder.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.DefaultDeadline);
        await intruder.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);

        Assert.Equal("closed", said.Trim());
        await using UnixTransport channel = _harness.OpenUnix();
        await SendAsync(channel, [1]);
        await Eventually.TrueAsync(() => receiver.Count > 0, "a frame arrived");
        Assert.Equal([1], Assert.Single(receiver.Frames));
    }

    [Fact]
    public async Task TrySend_ConnectionIsNotTakenYet_IsFullAndNothingIsSent()
    {
        // It listens, and does not accept.
        using var listener = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_harness.PathOf(s_results)));
        listener.Listen();
        await using UnixTransport channel = _harness.OpenUnix();
        for (int attempt = 0; attempt < 10; attempt++)
        {
            Assert.Equal(SendStatus.Full, channel.TrySend(s_results, [1]));
            Assert.False(channel.IsConnected(s_results));
        }

        using Socket taken = await listener.AcceptAsync();
        Assert.Equal(SendStatus.Full, channel.TrySend(s_results, [2]));
        await taken.SendAsync(new byte[] { 1 });
        await SendAsync(channel, [3]);

        byte[] received = new byte[16];
        Assert.Equal(2, await taken.ReceiveAsync(received));
        Assert.Equal([1, 3], received[..2]);
    }

    [Fact]
    public async Task TrySend_ReaderRefusesTheConnection_IsNeverSent()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_harness.PathOf(s_results)));
        listener.Listen();
        await using UnixTransport channel = _harness.OpenUnix();
        Task refusing = Task.Run(async () =>
        {
            for (int refused = 0; refused < 3; refused++)
            {
                (await listener.AcceptAsync()).Dispose();
            }
        });
        while (!refusing.IsCompleted)
        {
            Assert.NotEqual(SendStatus.Sent, channel.TrySend(s_results, [1]));
            await Task.Delay(5);
        }

        await refusing;
    }

    [Fact]
    public void Open_FolderThatIsNotThere_SaysSo()
    {
        var refused = Assert.Throws<ResourceRefusedException>(() => UnixTransport.Open(
            new UnixTransportOptions { Folder = Path.Combine(_harness.Folder, "nowhere"), Key = 1 },
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<UnixTransport>.Instance));
        Assert.Contains("nowhere", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PathTooLongForAnAddress_SaysSo()
    {
        var refused = Assert.Throws<ResourceRefusedException>(() => UnixTransport.Open(
            new UnixTransportOptions { Folder = "/" + new string('x', 90), Key = 1 },
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<UnixTransport>.Instance));
        Assert.Contains("107", refused.Message, StringComparison.Ordinal);
    }

    private static Task SendAsync(UnixTransport transport, byte[] frame) =>
        Eventually.TrueAsync(() => transport.TrySend(s_results, frame) == SendStatus.Sent, "the reader has taken the connection");
}
