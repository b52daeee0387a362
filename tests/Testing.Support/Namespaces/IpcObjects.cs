using Testing.Support.Processes;

namespace Testing.Support.Namespaces;

/// <summary>What is there in an IPC namespace.</summary>
public static class IpcObjects
{
    // Above the objects stand an empty line, a title and the names of the columns.
    private const int HeadLines = 3;

    /// <summary>How many queues and semaphore sets a namespace holds.</summary>
    public static async Task<int> CountAsync(IpcNamespace ipc)
    {
        ArgumentNullException.ThrowIfNull(ipc);
        int count = 0;
        foreach (string kind in (string[])["-q", "-s"])
        {
            string[] command = [.. ipc.Enter(), "ipcs", kind];
            string listed = await ProcessOutput.ReadAsync(command[0], command[1..]);
            count += listed.Split('\n').Skip(HeadLines).Count(static line => line.Trim().Length > 0);
        }

        return count;
    }
}
