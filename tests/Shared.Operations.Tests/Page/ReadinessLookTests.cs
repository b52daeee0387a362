using Microsoft.Extensions.Options;
using Shared.Operations.Page;
using Shared.Operations.Readiness;

namespace Shared.Operations.Tests.Page;

public sealed class ReadinessLookTests
{
    [Fact]
    public async Task Look_ManyPagesWithinASecond_LooksOnce()
    {
        long nowMs = 5000;
        CountingCheck check = new();
        ReadinessLook look = Make(check, () => nowMs);

        ReadinessView?[] views = [await look.LookAsync(default), await look.LookAsync(default), await look.LookAsync(default)];
        Assert.All(views, view => Assert.Equal("counted: 1", $"{view!.NotReady[0].Name}: {view.NotReady[0].Reason}"));
        Assert.Equal(5000, views[0]!.LookedAtMs);

        nowMs += 1000;
        Assert.Equal("2", (await look.LookAsync(default))!.NotReady[0].Reason);
    }

    [Fact]
    public async Task Look_TakesLong_TellsWhatWasFoundBeforeAndLooksNoMoreThanOnce()
    {
        long nowMs = 5000;
        CountingCheck check = new();
        ReadinessLook look = Make(check, () => nowMs);
        _ = await look.LookAsync(default);

        nowMs += 1000;
        check.Gate = new TaskCompletionSource();
        Assert.Equal("1", (await look.LookAsync(default))!.NotReady[0].Reason);
        Assert.Equal("1", (await look.LookAsync(default))!.NotReady[0].Reason);
        check.Gate.SetResult();
        Assert.Equal("2", (await look.LookAsync(default))!.NotReady[0].Reason);
    }

    private static ReadinessLook Make(IReadiness check, Func<long> nowMs) =>
        new(new ReadinessChecks([check], Options.Create(new OpsOptions { TimeoutMs = 20_000 }), TimeProvider.System), TimeProvider.System, nowMs);

    private sealed class CountingCheck : IReadiness
    {
        private int _count;

        public string Name => "counted";

        public TaskCompletionSource? Gate { get; set; }

        public async ValueTask<string?> FindFaultAsync(CancellationToken cancellationToken)
        {
            string found = $"{Interlocked.Increment(ref _count)}";
            if (Gate is { } gate)
            {
                await gate.Task.WaitAsync(cancellationToken);
            }

            return found;
        }
    }
}
