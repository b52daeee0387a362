using Shared.Protocol.Interop.Linux;

namespace Gsctl.Output;

/// <summary>
/// Notices that whoever read standard output has gone, also while nothing is written: what shows lines as they come might have none to write for hours.
/// </summary>
internal sealed class ReaderWatch : IDisposable
{
    private const int StandardOutput = 1;

    // The watch is woken by the event itself; this only bounds one wait.
    private const int LongestWaitMs = 60_000;

    private static readonly TimeSpan s_endTime = TimeSpan.FromSeconds(1);

    private readonly Action _gone;
    private readonly FileDescriptor? _wake;
    private readonly Thread? _thread;

    /// <summary>Watches from now on.</summary>
    /// <param name="gone">Called once, on a thread of its own, when he has gone.</param>
    public ReaderWatch(Action gone)
    {
        _gone = gone;
        CallResult wake = SysPoll.eventfd();
        if (wake.Error != Errno.None)
        {
            // Out of descriptors: it is noticed with the next line, as ever.
            return;
        }

        _wake = new FileDescriptor((int)wake.Value);
        _thread = new Thread(Watch) { IsBackground = true, Name = "reader watch" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_wake is { } wake)
        {
            SysPoll.Signal(wake);
            if (_thread!.Join(s_endTime))
            {
                wake.Dispose();
            }
        }
    }

    private void Watch()
    {
        // Of standard output nothing is asked: that its reader has gone (POLLERR of a pipe, POLLHUP of a socket) is told always.
        Span<PollFd> watched = [new() { fd = StandardOutput }, new() { fd = (int)_wake!.DangerousGetHandle(), events = SysPoll.POLLIN }];
        while (true)
        {
            if (SysPoll.poll(watched, LongestWaitMs).Error != Errno.None || watched[1].revents != 0)
            {
                return;
            }

            if (watched[0].revents != 0)
            {
                _gone();
                return;
            }
        }
    }
}
