using System.Collections.Concurrent;
using Shared.Protocol.Interop.Linux;

namespace Testing.Support.Ipc;

/// <summary>
/// Two System V keys of a test's own, next to each other, on which nothing exists. Disposal removes the queues and the semaphore sets
/// of both, whoever made them, so that a failed test leaves nothing behind.
/// </summary>
public sealed class UniqueIpcKeys : IDisposable
{
    // Far above what people and ftok choose by habit, and even, so that two pairs never overlap.
    private const int FirstKey = 0x4000_0000;
    private const int LastKey = 0x7FFF_FFF0;
    private static readonly ConcurrentDictionary<int, bool> s_taken = new();

    /// <summary>Draws a free pair.</summary>
    public UniqueIpcKeys()
    {
        do
        {
            RequestKey = Random.Shared.Next(FirstKey, LastKey) & ~1;
        }
        while (Exists(RequestKey) || Exists(ResultKey) || !s_taken.TryAdd(RequestKey, true));
    }

    /// <summary>The first key.</summary>
    public int RequestKey { get; }

    /// <summary>The key after it.</summary>
    public int ResultKey => RequestKey + 1;

    /// <summary>The id of the request key's queue, or null where there is none.</summary>
    public int? RequestQueueId => QueueId(RequestKey);

    /// <summary>The id of the result key's queue, or null where there is none.</summary>
    public int? ResultQueueId => QueueId(ResultKey);

    /// <summary>The id of the semaphore set on the request key, or null where there is none.</summary>
    public int? SemaphoreSetId => SetId(RequestKey);

    /// <summary>Whether nothing is there under either key: no queue, no semaphore set.</summary>
    public bool AreUnused => !Exists(RequestKey) && !Exists(ResultKey);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (int key in (ReadOnlySpan<int>)[RequestKey, ResultKey])
        {
            if (QueueId(key) is { } queue)
            {
                SysMsg.Remove(queue);
            }

            if (SetId(key) is { } set)
            {
                SysSem.Remove(set);
            }
        }
    }

    private static bool Exists(int key) => QueueId(key) is not null || SetId(key) is not null;

    private static int? QueueId(int key) => SysMsg.msgget(key, 0) is { Succeeded: true, Value: var id } ? id : null;

    private static int? SetId(int key) => SysSem.semget(key, 0, 0) is { Succeeded: true, Value: var id } ? id : null;
}
