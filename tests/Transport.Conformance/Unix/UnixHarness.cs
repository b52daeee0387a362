using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Unix;
using Testing.Support.Folders;
using Transport.Conformance.Contract;

namespace Transport.Conformance.Unix;

public sealed class UnixHarness : TransportHarness
{
    private readonly TempFolder _folder = new();

    public string Folder => _folder.Path;

    public override bool IsClean => Directory.GetFileSystemEntries(Folder).Length == 0;

    public override ITransport Open(DaemonClaim claim) => OpenUnix();

    public UnixTransport OpenUnix() => UnixTransport.Open(
        new UnixTransportOptions { Folder = Folder, Key = 0x77 }, TimeProvider.System, NullLogger<UnixTransport>.Instance);

    public string PathOf(Mailbox mailbox) => Path.Combine(Folder, $"00000077-{mailbox.Kind.ToString().ToLowerInvariant()}-{mailbox.Instance}.sock");

    protected override void Dispose(bool disposing) => _folder.Dispose();
}
