namespace Shared.Protocol.Wire.MessagePack;

/// <summary>
/// Arrays for lists whose length a frame announces. A header of a body of 1 MiB can announce a million elements that are not there;
/// so a long list gets its room as its elements are read, and a lie costs no more than the bytes that came with it.
/// </summary>
internal static class MessagePackLists
{
    private const int TrustedCount = 64;

    /// <summary>The array to begin with; of the final length if that is small.</summary>
    internal static T[] Begin<T>(int announcedCount) => new T[Math.Min(announcedCount, TrustedCount)];

    /// <summary>Makes room for element <paramref name="index"/>. The last growth ends at exactly the announced length.</summary>
    internal static void Grow<T>(ref T[] list, int index, int announcedCount)
    {
        if (index == list.Length)
        {
            Array.Resize(ref list, (int)Math.Min(announcedCount, 2L * list.Length));
        }
    }
}
