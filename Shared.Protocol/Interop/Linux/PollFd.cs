using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

#pragma warning disable IDE1006 // C's names.

/// <summary><c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollFd
{
    /// <summary>The descriptor.</summary>
    internal int fd;

    /// <summary>What is waited for.</summary>
    internal short events;

    /// <summary>What has come to pass.</summary>
    internal short revents;
}
