namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// The semaphore set on the request key: who is there, and what the daemons made.
/// <code>
///  number   value                                                        undone by the kernel when its process dies
///  ------   ----------------------------------------------------------   -----------------------------------------
///       0   mutex: 0 free, 1 held                                         yes
///       1   number of daemons attached                                    yes
///    2..4   id + 1 of the request queue that a daemon made last; 0 none   no
///    5..7   the same of the result queue                                  no
///  8..263   claim of chatD    of instance 0..255: 0 free, 1 taken         yes
/// 264..519  claim of channelD of instance 0..255: 0 free, 1 taken         yes
/// </code>
/// An id + 1 has up to 32 bits and a semaphore holds 15, so it takes three, low digits first.
/// <para>
/// All values start at 0, and 0 is the state of a set that nobody uses yet, so a new set needs no initialisation: between the process that
/// made it and one that opens it at the same instant there is no race. POSIX leaves the first values open; Linux has always zeroed them
/// (<c>newary</c> in ipc/sem.c).
/// </para>
/// </summary>
internal static class SysVSetDescriptor
{
    internal const int MutexNumber = 0;
    internal const int AttachedNumber = 1;
    internal const int SemaphoreCount = FirstClaim + (2 * ClaimsPerRole);

    internal const int RequestRecord = 2;
    internal const int ResultRecord = RequestRecord + RecordDigits;

    /// <summary>In place of the result queue's id: the daemons use rings, and in place of the request queue's is what tells their folder.</summary>
    internal const int RingMark = int.MaxValue;
    internal const int RecordDigits = 3;
    internal const int BitsPerDigit = 15;
    internal const int DigitMask = (1 << BitsPerDigit) - 1;

    internal const int FirstClaim = ResultRecord + RecordDigits;
    internal const int ClaimsPerRole = Mailbox.MaxInstance + 1;

    internal static int ClaimOf(DaemonClaim claim) => FirstClaim + (((int)claim.Role - 1) * ClaimsPerRole) + claim.Instance;
}
