using Gsctl.Live;

namespace Gsctl.Tests.Live;

public sealed class LiveScreenTests
{
    [Fact]
    public void Draw_IsOneWriteWithoutClearing_AndDisposalGivesTheTerminalBack()
    {
        StringWriter terminal = new();
        using (var screen = new LiveScreen(terminal, () => 3))
        {
            terminal.GetStringBuilder().Clear();
            screen.Draw(["a", "b"]);
            Assert.Equal("\e[Ha\e[K\r\nb\e[K\r\n\e[J", terminal.ToString());
            terminal.GetStringBuilder().Clear();
        }

        Assert.Equal("\e[?7h\e[?25h\e[?1049l", terminal.ToString());
    }

    [Fact]
    public void Draw_MoreLinesThanRows_DoesNotScroll()
    {
        StringWriter terminal = new();
        using var screen = new LiveScreen(terminal, () => 2);
        terminal.GetStringBuilder().Clear();
        screen.Draw(["a", "b", "c"]);

        Assert.Equal("\e[Ha\e[K\r\nb\e[K", terminal.ToString());
    }
}
