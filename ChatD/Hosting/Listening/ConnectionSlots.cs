using ChatD.Configuration;
using ChatD.Diagnostics;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;
using Shared.Protocol.Transport;

namespace ChatD.Hosting.Listening;

/// <summary>
/// How many connections there may be at once, over all end points: as many as there are descriptors for, but for a reserve. With no
/// descriptor left an accepting server spins, and a .NET process ends at the first thread that it starts, for each needs some.
/// Safe on every thread.
/// </summary>
internal sealed class ConnectionSlots : IDisposable
{
    /// <summary>Descriptors that are never given to players: for threads, logs, and what the libraries load late.</summary>
    internal const int ReservedDescriptors = 128;

    private readonly SemaphoreSlim _free;

    /// <summary>Counts what is open now as the daemon's own.</summary>
    /// <exception cref="ResourceRefusedException">There is not one for players.</exception>
    public ConnectionSlots(IOptions<ChatOptions> options, ILogger<ConnectionSlots> logger)
        : this(ProcessDescriptors.Limit, ProcessDescriptors.Open)
    {
        int wanted = options.Value.MaxPlayers;
        if (Limit < wanted)
        {
            ChatLog.FewDescriptors(logger, wanted, Limit, ProcessDescriptors.Limit, ProcessDescriptors.Limit - Limit + wanted);
        }
    }

    /// <summary>Makes slots of a limit and what is open already.</summary>
    internal ConnectionSlots(long limitDescriptors, int openDescriptors)
    {
        Limit = (int)Math.Min(limitDescriptors - openDescriptors - ReservedDescriptors, int.MaxValue);
        if (Limit < 1)
        {
            throw new ResourceRefusedException(
                $"chatD may have {limitDescriptors} descriptors, uses {openDescriptors} itself and keeps {ReservedDescriptors} in reserve: none is left for players. Raise LimitNOFILE= of the unit, --ulimit nofile of the container, or ulimit -n.");
        }

        _free = new SemaphoreSlim(Limit, Limit);
    }

    /// <summary>How many connections there may be.</summary>
    public int Limit { get; }

    /// <summary>How many more there may be at present.</summary>
    public int FreeCount => _free.CurrentCount;

    /// <summary>Takes a slot as soon as there is one.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    /// <summary>Gives a slot back.</summary>
    public void Return() => _free.Release();

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();
}
