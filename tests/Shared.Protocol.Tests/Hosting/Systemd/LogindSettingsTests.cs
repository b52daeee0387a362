using Shared.Protocol.Hosting.Systemd;
using Testing.Support.Folders;

namespace Shared.Protocol.Tests.Hosting.Systemd;

public sealed class LogindSettingsTests : IDisposable
{
    private const uint Regular = 1000;

    private readonly TempFolder _root = new();

    public LogindSettingsTests() => Directory.CreateDirectory(_root.File("run/systemd/system"));

    [Fact]
    public void RemovesQueuesOf_RegularUserWithoutAnyFile_DoesByDefault()
    {
        Assert.True(Removes(Regular, out string source));
        Assert.Equal("by default", source);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(65534)]
    public void RemovesQueuesOf_SystemUser_DoesNot(uint user) => Assert.False(Removes(user, out _));

    [Fact]
    public void RemovesQueuesOf_NoSystemd_DoesNot()
    {
        Directory.Delete(_root.File("run/systemd/system"));

        Assert.False(Removes(Regular, out _));
    }

    [Fact]
    public void RemovesQueuesOf_LingeringUser_DoesNot()
    {
        Write("var/lib/systemd/linger/gamer", "");

        Assert.False(Removes(Regular, out _));
        Assert.True(new LogindSettings(_root.Path).RemovesQueuesOf(Regular, "other", out _));
    }

    [Theory]
    [InlineData("[Login]\nRemoveIPC=no\n", false)]
    [InlineData("[Login]\n RemoveIPC = Off \n", false)]
    [InlineData("[Login]\n#RemoveIPC=no\n", true)]
    [InlineData("[Login]\nRemoveIPC=no\nRemoveIPC=yes\n", true)]
    [InlineData("[Login]\nKillUserProcesses=no\n", true)]
    public void RemovesQueuesOf_MainFile_IsRead(string text, bool removes)
    {
        Write("etc/systemd/logind.conf", text);

        Assert.Equal(removes, Removes(Regular, out _));
    }

    [Fact]
    public void RemovesQueuesOf_DropIn_OverridesTheMainFile()
    {
        Write("etc/systemd/logind.conf", "RemoveIPC=no");
        Write("usr/lib/systemd/logind.conf.d/50-vendor.conf", "RemoveIPC=yes");

        Assert.True(Removes(Regular, out string source));
        Assert.Equal("/usr/lib/systemd/logind.conf.d/50-vendor.conf", source);
    }

    [Fact]
    public void RemovesQueuesOf_DropInOfTheSameName_IsReplacedByTheAdministrators()
    {
        Write("usr/lib/systemd/logind.conf.d/50-a.conf", "RemoveIPC=yes");
        Write("etc/systemd/logind.conf.d/50-a.conf", "RemoveIPC=no");

        Assert.False(Removes(Regular, out _));
    }

    [Fact]
    public void FirstRegularUser_LoginDefs_SaysIt()
    {
        Write("etc/login.defs", "# users\nSYS_UID_MAX\t\t499\n");

        Assert.True(Removes(500, out _));
        Assert.False(Removes(499, out _));
    }

    public void Dispose() => _root.Dispose();

    private bool Removes(uint user, out string source) => new LogindSettings(_root.Path).RemovesQueuesOf(user, "gamer", out source);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root.File(file))!);
        File.WriteAllText(_root.File(file), text);
    }
}
