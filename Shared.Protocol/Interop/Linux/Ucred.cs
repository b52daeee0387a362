using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

#pragma warning disable IDE1006 // C's names.

/// <summary><c>struct ucred</c>: who is at the other end of a Unix socket, as of its connect or listen.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Ucred
{
    /// <summary>The process. Never an identity: numbers are used again.</summary>
    internal int pid;

    /// <summary>Its effective user.</summary>
    internal uint uid;

    /// <summary>Its effective group.</summary>
    internal uint gid;
}
