using Microsoft.Extensions.Options;

namespace Shared.Operations.Readiness;

/// <summary>Asks everything that a daemon needs whether it is in order. Safe on every thread.</summary>
/// <param name="checks">What it needs.</param>
/// <param name="options">How long a look may take.</param>
/// <param name="time">Where the time comes from.</param>
public sealed class ReadinessChecks(IEnumerable<IReadiness> checks, IOptions<OpsOptions> options, TimeProvider time)
{
    private readonly IReadiness[] _checks = [.. checks];

    /// <summary>Looks at everything at once, and takes no longer than <see cref="OpsOptions.TimeoutMs"/>. Throws nothing but for the token.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is not in order; nothing when the daemon is ready.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<ReadinessFault>> FindFaultsAsync(CancellationToken cancellationToken)
    {
        ReadinessFault?[] found = await Task.WhenAll(_checks.Select(check => FindFaultAsync(check, cancellationToken)));
        return [.. found.OfType<ReadinessFault>()];
    }

    private async Task<ReadinessFault?> FindFaultAsync(IReadiness check, CancellationToken cancellationToken)
    {
        TimeSpan limit = TimeSpan.FromMilliseconds(options.Value.TimeoutMs);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            string? fault = await check.FindFaultAsync(ending.Token).AsTask().WaitAsync(limit, time, cancellationToken);
            return fault is null ? null : new ReadinessFault(check.Name, fault);
        }
        catch (TimeoutException)
        {
            await ending.CancelAsync();
            return new ReadinessFault(check.Name, $"no answer within {limit.TotalMilliseconds} ms");
        }
#pragma warning disable CA1031 // A look that fails is an answer: it is not in order.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new ReadinessFault(check.Name, exception.Message);
        }
    }
}
