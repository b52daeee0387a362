using Gsctl.Discovery;
using Shared.Protocol.Hosting;
using Testing.Support.Folders;
using Testing.Support.Processes;
using Testing.Support.Users;

namespace Gsctl.Tests.Discovery;

public sealed class FolderTrustTests : IDisposable
{
    private const string Stranger = "61001";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0x1C0, false)] // Octal 0700.
    [InlineData(0x1C9, false)] // 0711
    [InlineData(0x1FF, true)] // 0777
    [InlineData(0x3FF, true)] // 01777
    public void IsForeign_OthersMayWrite(int mode, bool isForeign)
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)mode);
        Assert.Equal(isForeign, FolderTrust.IsForeign(_folder.Path, new IpcOptions(), out string reason));
        Assert.Equal(isForeign, FolderTrust.IsForeign(_folder.Path, new IpcOptions { RuntimeFolder = _folder.Path }, out _));
        Assert.Equal(isForeign, reason.Contains(_folder.Path, StringComparison.Ordinal));
    }

    [RequiresRootFact]
    public async Task IsForeign_OfAnotherUser_UnlessItIsNamedOrOnlyRootCouldMakeIt()
    {
        string inner = Directory.CreateDirectory(_folder.File("gameservers")).FullName;
        _ = await ProcessOutput.ReadAsync("chown", Stranger, inner);
        Assert.False(FolderTrust.IsForeign(inner, new IpcOptions(), out _));
        Assert.False(FolderTrust.IsForeign(inner, new IpcOptions { RuntimeFolder = inner }, out _));

        // As in /tmp.
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0x3FF);
        Assert.True(FolderTrust.IsForeign(inner, new IpcOptions(), out _));
        Assert.False(FolderTrust.IsForeign(inner, new IpcOptions { RuntimeFolder = inner }, out _));
        Assert.False(FolderTrust.IsForeign(inner, new IpcOptions { PeerUser = Stranger }, out _));
    }
}
