using IpcBench.Exchanging;

namespace IpcBench.Mechanisms;

/// <summary>
/// One way from a process to another and back. Has no state: each process makes its own, and they meet at a <see cref="Place"/>. The answering side is
/// opened first.
/// </summary>
internal abstract class Mechanism
{
    /// <summary>What people write to choose it. One that shows what the library costs on top has the id of the mechanism beneath.</summary>
    internal abstract string Id { get; }

    /// <summary>What people read.</summary>
    internal abstract string Title { get; }

    /// <summary>Whose code is measured.</summary>
    internal virtual Side Side => Side.DotNet;

    /// <summary>Whether the C program does the same.</summary>
    internal virtual bool HasC => false;

    /// <summary>Whether both sides are in one process, and an answering process is not needed.</summary>
    internal virtual bool IsOneProcess => false;

    /// <summary>Why it cannot be measured here; null where it can.</summary>
    internal virtual string? MissingReason => null;

    /// <summary>Makes what must be there before either process starts, for one run of both.</summary>
    /// <exception cref="MissingException">It cannot be made here.</exception>
    internal virtual Task<Stage> PrepareAsync(Place place, CancellationToken cancellationToken) => Task.FromResult(new Stage(place));

    /// <summary>Opens the answering side, in its process. The caller owns it.</summary>
    internal virtual Task<IAnswerer> OpenAnswererAsync(Place place) => Task.FromResult(OpenAnswerer(place));

    /// <summary>Opens the asking side, in its process, with the answering one there. The caller owns it.</summary>
    internal virtual Task<IAsker> OpenAskerAsync(Place place) => Task.FromResult(OpenAsker(place));

    /// <summary>Removes what may be left outside the folder, whoever made it and whether or not it is there.</summary>
    internal virtual void Remove(Place place)
    {
    }

    /// <summary>The same as <see cref="OpenAnswererAsync"/>, for what opens without waiting for anything.</summary>
    protected virtual IAnswerer OpenAnswerer(Place place) => throw new NotSupportedException();

    /// <summary>The same as <see cref="OpenAskerAsync"/>, for what is opened by calls of the kernel.</summary>
    protected virtual IAsker OpenAsker(Place place) => throw new NotSupportedException();
}
