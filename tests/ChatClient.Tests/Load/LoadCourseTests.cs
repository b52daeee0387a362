using ChatClient.Load;
using Shared.Protocol.Requests;

namespace ChatClient.Tests.Load;

public sealed class LoadCourseTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Add_SecondBySecond_IsAMomentEach()
    {
        LoadCourse course = new(3 * s_second);
        course.Add(s_second, Tally(OutcomeKind.Ok, 1000, 3000), inFlight: 5);
        course.Add(2.001 * s_second, Tally(OutcomeKind.Busy, 2000), inFlight: 6);
        course.Add(3 * s_second, new LoadTally(), inFlight: 0);

        Assert.Equal([(2, 0, 5), (0, 1, 6), (0, 0, 0)], course.Moments.Select(moment => (moment.Ok, moment.Busy, moment.InFlight)));
        Assert.Equal(1, course.Moments[0].P50Us!.Value, 0.01);
        Assert.Equal(3, course.Moments[0].P99Us!.Value, 0.03);
        Assert.Equal(1.001, course.Moments[1].LengthSeconds, 1e-6);
        Assert.Null(course.Moments[2].P50Us);
    }

    [Fact]
    public void Add_ALongLoad_HasNoMoreMomentsThanCanBeDrawnAndLosesNothing()
    {
        const int Seconds = 20_000;
        LoadCourse course = new(Seconds * s_second);
        for (int second = 1; second <= Seconds; second++)
        {
            course.Add(second * s_second, Tally(OutcomeKind.Ok, 1000), inFlight: 1);
        }

        Assert.InRange(course.Moments.Count, 900, 1112);
        Assert.Equal(Seconds, course.Moments.Sum(moment => moment.Ok));
        Assert.Equal(Seconds, course.Moments.Sum(moment => moment.LengthSeconds), 0.001);
    }

    private static LoadTally Tally(OutcomeKind outcome, params long[] latenciesNs)
    {
        var tally = new LoadTally();
        foreach (long latencyNs in latenciesNs)
        {
            tally.Count(LoadLineKind.Find, outcome, "code", latencyNs);
        }

        return tally;
    }
}
