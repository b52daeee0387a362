namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// What daemons share besides queues, and use the semaphore set for as they do for those. All is called with the set's mutex held: nobody joins or leaves meanwhile.
/// </summary>
internal interface ISharedResources
{
    /// <summary>Refuses where those who are there have others than this daemon would have.</summary>
    /// <exception cref="ResourceRefusedException">They have.</exception>
    void Check(SysVSemaphoreSet set);

    /// <summary>Opens or makes what this daemon needs at once.</summary>
    /// <exception cref="ResourceRefusedException">It is another's, or cannot be made.</exception>
    void Open();

    /// <summary>Notes in the set what <see cref="Check"/> compares.</summary>
    void Record(SysVSemaphoreSet set);

    /// <summary>Nobody is there any more: removes all of it, as far as this user may.</summary>
    void RemoveAll();
}
