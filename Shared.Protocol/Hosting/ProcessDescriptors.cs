using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Hosting;

/// <summary>The descriptors of this process. A server has one for each connection.</summary>
public static class ProcessDescriptors
{
    /// <summary>How many it may have (<c>RLIMIT_NOFILE</c>). The runtime has raised it to the hard limit.</summary>
    public static long Limit => SysResource.MaxDescriptors();

    /// <summary>How many it has open.</summary>
    public static int Open => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
}
