using Microsoft.Extensions.Options;
using Shared.Operations.Readiness;

namespace Shared.Operations.Tests.Readiness;

public sealed class ReadinessChecksTests
{
    [Fact]
    public async Task FindFaults_AllInOrder_IsEmpty() => Assert.Empty(await FindAsync(new Check("a", _ => ValueTask.FromResult<string?>(null))));

    [Fact]
    public async Task FindFaults_Several_NamesEachThatIsNot()
    {
        IReadOnlyList<ReadinessFault> faults = await FindAsync(
            new Check("queue", _ => ValueTask.FromResult<string?>("gone")),
            new Check("fine", _ => ValueTask.FromResult<string?>(null)),
            new Check("broken", _ => throw new InvalidOperationException("cannot look")));

        Assert.Equal([new ReadinessFault("queue", "gone"), new ReadinessFault("broken", "cannot look")], faults);
    }

    [Fact]
    public async Task FindFaults_OneThatNeverAnswers_IsGivenUpAndCancelled()
    {
        TaskCompletionSource<string?> never = new();
        CancellationToken seen = default;
        IReadOnlyList<ReadinessFault> faults = await FindAsync(new Check("slow", token =>
        {
            seen = token;
            return new ValueTask<string?>(never.Task);
        }));

        Assert.Equal([new ReadinessFault("slow", "no answer within 100 ms")], faults);
        Assert.True(seen.IsCancellationRequested);
    }

    [Fact]
    public async Task FindFaults_AskerGivesUp_Throws()
    {
        using CancellationTokenSource gone = new();
        Task asking = FindAsync(gone.Token, new Check("slow", async token =>
        {
            await gone.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private static Task<IReadOnlyList<ReadinessFault>> FindAsync(params Check[] checks) => FindAsync(CancellationToken.None, checks);

    private static Task<IReadOnlyList<ReadinessFault>> FindAsync(CancellationToken token, params Check[] checks) =>
        new ReadinessChecks(checks, Options.Create(new OpsOptions { TimeoutMs = 100 }), TimeProvider.System).FindFaultsAsync(token);

    private sealed class Check(string name, Func<CancellationToken, ValueTask<string?>> find) : IReadiness
    {
        public string Name => name;

        public ValueTask<string?> FindFaultAsync(CancellationToken cancellationToken) => find(cancellationToken);
    }
}
