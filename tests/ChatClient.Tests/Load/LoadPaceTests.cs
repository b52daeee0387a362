using ChatClient.Load;

namespace ChatClient.Tests.Load;

public sealed class LoadPaceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3.7)]
    [InlineData(150)]
    [InlineData(20_000)]
    public void CountDue_AtAnyMoment_HasEachLineThatIsDueAndNoOther(double rate)
    {
        for (int i = 0; i < 10_000; i++)
        {
            // Between the lines, for at the very moment rounding decides.
            double elapsed = (i + 0.5) / rate / 3;
            long due = LoadPace.CountDue(elapsed, rate);
            Assert.True(LoadPace.DueSeconds(due - 1, rate) <= elapsed, $"line {due - 1} is not due after {elapsed} s");
            Assert.True(LoadPace.DueSeconds(due, rate) > elapsed, $"line {due} is due after {elapsed} s");
        }
    }
}
