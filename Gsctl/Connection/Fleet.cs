using Gsctl.Discovery;
using Shared.Protocol.Administration;

namespace Gsctl.Connection;

/// <summary>Several daemons, each with a connection of its own.</summary>
/// <param name="addresses">The daemons.</param>
/// <param name="trust">Who may be one.</param>
/// <param name="limit">How long an answer may take.</param>
internal sealed class Fleet(IReadOnlyList<DaemonAddress> addresses, ServerTrust trust, TimeSpan limit) : IDisposable
{
    private readonly AdminClient[] _clients = [.. addresses.Select(address => new AdminClient(address, trust, limit))];

    /// <summary>The daemons.</summary>
    public IReadOnlyList<DaemonAddress> Addresses => addresses;

    /// <summary>The connection to one of them.</summary>
    public AdminClient ClientOf(DaemonAddress address) => _clients[addresses.ToList().IndexOf(address)];

    /// <summary>Asks all at once, and returns when each has answered or has not within the limit.</summary>
    /// <exception cref="GsctlException">None could be reached.</exception>
    public async Task<IReadOnlyList<DaemonAnswer<T>>> AskAsync<T>(Func<AdminClient, Task<T>> ask)
        where T : class
    {
        DaemonAnswer<T>[] answers = await Task.WhenAll(addresses.Select((address, index) => AskAsync(address, _clients[index], ask)));
        return answers.Length == 0 || answers.Any(answer => answer.Value is not null || answer.Fault is { Code: not (null or AdminCodes.Forbidden) })
            ? answers
            : throw new GsctlException(ExitCodes.CannotReach, string.Join(Environment.NewLine, answers.Select(answer => answer.Fault!.Message)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AdminClient client in _clients)
        {
            client.Dispose();
        }
    }

    private static async Task<DaemonAnswer<T>> AskAsync<T>(DaemonAddress address, AdminClient client, Func<AdminClient, Task<T>> ask)
        where T : class
    {
        try
        {
            return new DaemonAnswer<T>(address, await ask(client), null);
        }
        catch (AdminFault fault)
        {
            return new DaemonAnswer<T>(address, null, fault);
        }
    }
}
