using System.Globalization;
using System.Text;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Unix;

/// <summary>The paths of mailboxes: one socket for each, named after the key, the kind and the number of its reader.</summary>
internal static class UnixSocketPath
{
    /// <summary>Where the reader of a mailbox listens.</summary>
    internal static string Of(UnixTransportOptions options, Mailbox mailbox) => Path.Combine(
        options.Folder,
        string.Create(CultureInfo.InvariantCulture, $"{options.Key:x8}-{mailbox.Kind.ToString().ToLowerInvariant()}-{mailbox.Instance}.sock"));

    /// <summary>Where it is made before it gets that name, so that nobody finds it half made.</summary>
    internal static string Unready(string path) => string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}");

    /// <summary>Throws where no path in the folder would fit an address.</summary>
    internal static void Check(UnixTransportOptions options)
    {
        int longestBytes = Encoding.UTF8.GetByteCount(Unready(Of(options, new Mailbox(MailboxKind.Control, Mailbox.MaxInstance))));
        if (longestBytes > SysSocket.MaxPathBytes)
        {
            throw new ResourceRefusedException(
                $"The path of a socket in '{options.Folder}' takes {longestBytes} bytes, and an address holds {SysSocket.MaxPathBytes}. Choose a shorter folder.");
        }
    }
}
