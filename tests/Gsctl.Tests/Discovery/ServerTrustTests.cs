using System.Net.Sockets;
using Gsctl.Discovery;
using Shared.Protocol.Interop.Linux;
using Testing.Support.Folders;
using Testing.Support.Processes;
using Testing.Support.Users;

namespace Gsctl.Tests.Discovery;

public sealed class ServerTrustTests : IDisposable
{
    private const uint Stranger = 61_001;
    private const uint Another = 61_002;

    private readonly TempFolder _folder = new();
    private readonly ServerTrust _trust = new(null, null);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FindFault_RootOrOneself_IsTrustedWhereverTheSocketLies()
    {
        Assert.Null(_trust.FindFault(0, "/tmp/a.sock"));
        Assert.Null(_trust.FindFault(Unistd.geteuid(), "/tmp/a.sock"));
    }

    [Fact]
    public void FindFault_AnotherInAWorldWritableFolder_IsRefusedAndNamedUnlessHeIsConfigured()
    {
        string? fault = _trust.FindFault(Stranger, "/tmp/000004d2-admin-chatd-0.sock");
        Assert.Contains("served by uid 61001", fault, StringComparison.Ordinal);
        Assert.Contains("--user 61001", fault, StringComparison.Ordinal);
        var configured = new ServerTrust(null, Stranger);
        Assert.Null(configured.FindFault(Stranger, "/tmp/000004d2-admin-chatd-0.sock"));
        Assert.NotNull(configured.FindFault(Another, "/tmp/000004d2-admin-chatd-0.sock"));
    }

    [RequiresRootFact]
    public async Task FindFault_FoldersOfTheUser_CountOnlyWhereNobodyElseCouldMakeThem()
    {
        // As /run/gameservers, which root has made; but the folder of tests lies in /tmp, which is anybody's.
        string socket = _folder.File("gameservers/sockets/a.sock");
        _ = Directory.CreateDirectory(_folder.File("gameservers/sockets"));
        _ = await ProcessOutput.ReadAsync("chown", "-R", $"{Stranger}", _folder.File("gameservers"));
        Assert.NotNull(_trust.FindFault(Stranger, socket));

        string runtime = $"/run/gameservers-test-{Guid.NewGuid():N}";
        try
        {
            _ = Directory.CreateDirectory($"{runtime}/sockets");
            _ = await ProcessOutput.ReadAsync("chown", "-R", $"{Stranger}", runtime);
            Assert.Null(_trust.FindFault(Stranger, $"{runtime}/sockets/a.sock"));
            Assert.NotNull(_trust.FindFault(Another, $"{runtime}/sockets/a.sock"));
            File.SetUnixFileMode(runtime, (UnixFileMode)0x1FF);
            Assert.NotNull(_trust.FindFault(Stranger, $"{runtime}/sockets/a.sock"));
        }
        finally
        {
            Directory.Delete(runtime, recursive: true);
        }
    }

    [Fact]
    public async Task FindFault_OfAConnection_AsksTheKernel()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_folder.File("s")));
        listener.Listen();
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(_folder.File("s")));
        Assert.Null(_trust.FindFault(client, _folder.File("s")));
    }
}
