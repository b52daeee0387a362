using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Idle;
using Shared.Protocol.Transport.Ring;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Transport.Conformance.Contract;

namespace Transport.Conformance.Ring;

public sealed class RingHarness(TimeSpan spinTime = default) : TransportHarness
{
    private readonly TempFolder _folder = new();

    public const int RingBytes = 64 * 1024;

    public UniqueIpcKeys Keys { get; } = new();

    public string Folder => _folder.Path;

    public override bool IsClean => Keys.AreUnused && Directory.GetFileSystemEntries(Folder).Length == 0;

    public override ITransport Open(DaemonClaim claim) => OpenRing(claim);

    public RingTransport OpenRing(DaemonClaim claim, ILogger<RingTransport>? logger = null, int ringBytes = RingBytes) =>
        RingTransport.Open(OptionsOf(claim, ringBytes), logger ?? NullLogger<RingTransport>.Instance);

    public RingTransportOptions OptionsOf(DaemonClaim claim, int ringBytes = RingBytes) => new()
    {
        Key = Keys.RequestKey,
        Claim = claim,
        Folder = Folder,
        RingBytes = ringBytes,
        IdleStrategy = spinTime > TimeSpan.Zero ? () => new SpinningIdleStrategy(spinTime) : static () => BlockingIdleStrategy.Instance,
    };

    public string PathOf(Mailbox mailbox) =>
        Path.Combine(Folder, $"gameservers-{Keys.RequestKey:x8}-{mailbox.Kind.ToString().ToLowerInvariant()}-{mailbox.Instance}.ring");

    // A word before each frame, and each filled up to whole words.
    public override int CostBytes(int frameBytes) => 8 + ((frameBytes + 7) / 8 * 8);

    public override long DepthBytes(params int[] framesBytes) => framesBytes.Sum(CostBytes);

    public override int LongestFrameIn(int leftBytes) => (leftBytes / 8 * 8) - 8;

    protected override void Dispose(bool disposing)
    {
        Keys.Dispose();
        _folder.Dispose();
    }
}
