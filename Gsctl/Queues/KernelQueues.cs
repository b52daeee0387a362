using System.Globalization;
using Gsctl.Reports;
using Shared.Protocol.Interop.Linux;

namespace Gsctl.Queues;

/// <summary>The message queues of this IPC namespace, as the kernel tells. Reads only.</summary>
internal static class KernelQueues
{
    private const string Table = "/proc/sysvipc/msg";

    // Its columns: key msqid perms cbytes qnum lspid lrpid uid gid cuid cgid stime rtime ctime.
    private const int ColumnCount = 14;

    /// <summary>The limits.</summary>
    public static QueueLimits ReadLimits() => SysMsg.Info(out MsgInfo limits).Succeeded
        ? new QueueLimits(limits.msgmax, limits.msgmnb, limits.msgmni)
        : throw new GsctlException(ExitCodes.Refused, "the kernel does not tell the limits of message queues.");

    /// <summary>All queues that the kernel shows.</summary>
    /// <param name="roleOf">What a key is to the daemons.</param>
    public static IReadOnlyList<QueueView> ReadAll(Func<int, string> roleOf)
    {
        try
        {
            return [.. File.ReadLines(Table).Skip(1).Select(line => Parse(line, roleOf)).OfType<QueueView>()];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GsctlException(ExitCodes.Refused, $"{Table} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Reads a line of that table; null where it is none.</summary>
    internal static QueueView? Parse(string line, Func<int, string> roleOf)
    {
        string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length != ColumnCount || !int.TryParse(cells[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int key))
        {
            return null;
        }

        int id = (int)Number(cells[1]);
        return new QueueView
        {
            Key = key,
            Id = id,
            Role = roleOf(key),
            OwnerUid = (uint)Number(cells[7]),
            OwnerGid = (uint)Number(cells[8]),
            CreatorUid = (uint)Number(cells[9]),
            Mode = cells[2].PadLeft(4, '0'),
            Messages = Number(cells[4]),
            Bytes = Number(cells[3]),
            CapacityBytes = CapacityOf(id),
            LastSender = (int)Number(cells[5]),
            LastReceiver = (int)Number(cells[6]),
            LastSentAt = TimeOf(cells[11]),
            LastReceivedAt = TimeOf(cells[12]),
        };
    }

    private static long? CapacityOf(int id) =>
        SysMsg.Stat(id, out MsqidDs state).Succeeded || SysMsg.StatAny(id, out state).Succeeded ? (long)state.msg_qbytes : null;

    private static DateTimeOffset? TimeOf(string cell) => Number(cell) is > 0 and long seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static long Number(string cell) => long.Parse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
