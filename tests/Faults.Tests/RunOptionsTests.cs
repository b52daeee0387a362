using Faults.Nemesis;
using Faults.Running;

namespace Faults.Tests;

public sealed class RunOptionsTests
{
    [Fact]
    public void Parse_AllOptions_TakesThem()
    {
        RunOptions options = RunOptions.Parse(["--seed", "7", "--minutes", "0.5", "--rows", "1,5", "--clients", "3", "--rate", "10", "--results", "queue", "--report", "r"]);
        Assert.Equal((7, TimeSpan.FromSeconds(30), 3, 10), (options.Seed, options.Duration, options.Clients, options.RequestsPerSecond));
        Assert.Equal(("queue", "r"), (options.ResultPath, options.ReportPath));
        Assert.Equal([1, 5], options.Rows);
    }

    [Theory]
    [InlineData("--seed")]
    [InlineData("--seed", "x")]
    [InlineData("--speed", "1")]
    public void Parse_WhatIsNotUnderstood_Throws(params string[] arguments) => Assert.Throws<FormatException>(() => RunOptions.Parse(arguments));

    [Fact]
    public void OfRows_ARowWithoutFault_Throws() => Assert.Throws<ArgumentException>(() => AllFaults.OfRows([1, 43]));

    [Fact]
    public void List_Names_AreUnique() => Assert.Distinct(AllFaults.List.Select(fault => fault.Name));
}
