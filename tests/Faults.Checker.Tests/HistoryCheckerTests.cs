using Faults.Checker.History;

namespace Faults.Checker.Tests;

public sealed class HistoryCheckerTests
{
    private const long NsPerMs = 1_000_000;

    [Fact]
    public void Add_EarlierThanTheOneBefore_Throws()
    {
        var checker = new HistoryChecker(new CheckerOptions());
        checker.Add(new Recovered(2));
        Assert.Throws<ArgumentException>(() => checker.Add(new Recovered(1)));
    }

    [Fact]
    public void Add_ManyRequests_RemembersThoseOfSomeSecondsOnly()
    {
        const int Requests = 500_000;
        var options = new CheckerOptions();
        var checker = new HistoryChecker(options);
        int mostRemembered = 0;
        for (long request = 1; request <= Requests; request++)
        {
            // A thousand a second.
            long atNs = request * NsPerMs;
            string line = Story.LineOf(request);
            checker.Add(new Asked(atNs, request, 0, Story.Chat, 1, line));
            checker.Add(new Executed(atNs, Story.Channel, 0, 0, 0, 1, line));
            checker.Add(new Ended(atNs, request, Story.Chat, 1, EndKind.Ok, null, Secret.Of(request)));
            mostRemembered = Math.Max(mostRemembered, checker.RememberedCount);
        }

        CheckerReport report = checker.Finish((Requests * NsPerMs) + options.DeadlineNs);
        Assert.Equal((Requests, Requests, 0), (report.Asked, report.Executed, report.ViolationCount));
        Assert.InRange(mostRemembered, 1, 1 + ((options.DeadlineNs + options.RememberNs) / NsPerMs));
    }

    [Fact]
    public void Finish_ManyViolations_CountsAllAndKeepsTheFirst()
    {
        var story = new Story { Options = new CheckerOptions { MaxTexts = 10 } };
        for (int i = 0; i < 100; i++)
        {
            story.Asks(1, out _);
        }

        CheckerReport report = story.Check();
        Assert.Equal((100, 10), (report.ViolationCount, report.Violations.Count));
    }
}
