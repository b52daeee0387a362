using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// The files of the rings of one key: opening, making, removing. A file gets its name only when it is complete, by a call that fails where the name is taken;
/// so nobody ever sees half a ring, two that make one at once end up with the same, and no lock is needed. For any thread.
/// </summary>
internal sealed class RingFiles(RingTransportOptions options)
{
    private const string Suffix = ".ring";

    // Between two calls a file can appear or vanish only by the hand of another daemon or somebody outside; more than a few times is no accident.
    private const int MaxAttempts = 10;

    private readonly RingOwnership _ownership = new(options);
    private readonly RingMaker _maker = new(options);

    private string Prefix => string.Create(CultureInfo.InvariantCulture, $"gameservers-{options.Key:x8}-");

    /// <summary>Where the ring of a mailbox is.</summary>
    internal string PathOf(Mailbox mailbox) => Path.Combine(
        options.Folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{mailbox.Kind.ToString().ToLowerInvariant()}-{mailbox.Instance}{Suffix}"));

    /// <summary>Opens the ring of a mailbox, or makes it.</summary>
    internal RingOpening OpenOrMake(Mailbox mailbox)
    {
        string path = PathOf(mailbox);
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            RingOpening found = Open(path);
            if (found.Fault != RingFault.Missing)
            {
                return found;
            }

            RingOpening made = _maker.Make(path);
            if (made.Fault != RingFault.Missing)
            {
                return made;
            }
        }

        return new RingOpening(null, RingFault.Failed, $"The ring '{path}' is made and removed again by somebody: {MaxAttempts} attempts to open it failed.");
    }

    /// <summary>Opens the ring of a mailbox if it is there.</summary>
    internal RingOpening Open(Mailbox mailbox) => Open(PathOf(mailbox));

    /// <summary>Whether a certain file is still the one of that mailbox.</summary>
    internal bool IsInPlace(Mailbox mailbox, FileIdentity identity) =>
        SysStat.TryStat(PathOf(mailbox), out FileState state) && state.Identity == identity;

    /// <summary>Takes a retired or damaged ring away, unless another has taken its place. Only for who reads that mailbox: two that do it could remove the new one.</summary>
    internal void RemoveGivenUp(Mailbox mailbox)
    {
        RingOpening opening = Open(mailbox);
        if (opening is { Fault: RingFault.Retired or RingFault.Damaged })
        {
            _ = SysFile.TryUnlink(PathOf(mailbox));
        }

        // A good one by now: it is opened again by whoever wants it.
        opening.Ring?.Dispose();
    }

    /// <summary>Removes all rings of the key that this user may remove. With the mutex of the daemons held, and none of them there any more.</summary>
    internal void RemoveAll()
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(options.Folder, Prefix + "*" + Suffix))
            {
                if (SysStat.TryStat(path, out FileState state) && _ownership.ReasonToRefuse(path, state) is null)
                {
                    _ = SysFile.TryUnlink(path);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder is gone, or closed to us: so are its files.
        }
    }

    private RingOpening Open(string path)
    {
        Errno opened = SysFile.TryOpen(path, SysFile.O_RDWR, 0, out SafeFileHandle file);
        if (opened == Errno.None)
        {
            return Use(path, file);
        }

        file.Dispose();
        return opened switch
        {
            Errno.ENOENT => new RingOpening(null, RingFault.Missing, string.Empty),
            Errno.EACCES or Errno.EPERM or Errno.ELOOP => new RingOpening(null, RingFault.Refused, RefuseUnreadable(path, opened)),
            _ => new RingOpening(null, RingFault.Failed, $"The ring '{path}' cannot be opened: {ErrnoTable.Describe(opened)}."),
        };
    }

    private RingOpening Use(string path, SafeFileHandle file)
    {
        RingOpening result = default;
        try
        {
            if (!SysStat.TryStat(file, out FileState state))
            {
                return result = new RingOpening(null, RingFault.Failed, $"The ring '{path}' cannot be looked at.");
            }

            return result = _ownership.ReasonToRefuse(path, state) is { } reason
                ? new RingOpening(null, RingFault.Refused, reason)
                : RingAdmission.Enter(path, file, state.Identity);
        }
        finally
        {
            if (result.Ring is null)
            {
                file.Dispose();
            }
        }
    }

    private string RefuseUnreadable(string path, Errno error) =>
        SysStat.TryStat(path, out FileState state) && _ownership.ReasonToRefuse(path, state) is { } reason
            ? reason
            : $"The ring '{path}' may not be used by uid {Unistd.geteuid()}: {ErrnoTable.Describe(error)}.";
}
