using System.Globalization;
using System.Reflection;
using Faults.Nemesis;
using Testing.Support.Folders;

namespace Faults.Tests;

/// <summary>Every row of the matrix that concerns one host's queues, processes and players has a test of its own, and the document names it.</summary>
public sealed class RowCoverageTests
{
    private static readonly string[] s_tests =
    [
        .. typeof(RowCoverageTests).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Select(static method => method.Name)
            .Where(static name => name.StartsWith("Row", StringComparison.Ordinal) && char.IsAsciiDigit(name[3])),
    ];

    private static IEnumerable<int> Rows => [.. Enumerable.Range(1, 19), .. Enumerable.Range(22, 24)];

    [Fact]
    public void Rows_Each_HasATestThatCarriesItsNumber() =>
        Assert.All(Rows, static row => Assert.Contains(s_tests, test => test.StartsWith(Prefix(row), StringComparison.Ordinal)));

    [Fact]
    public void Faults_Each_BelongsToARowWithATest() => Assert.All(AllFaults.List, static fault => Assert.Contains(fault.Row, Rows));

    [Fact]
    public void Document_NamesEachTest()
    {
        string document = File.ReadAllText(Repository.File("docs/reliability.md"));
        Assert.All(
            s_tests, test => Assert.Contains($"`{test[..test.IndexOf('_', Prefix(1).Length)]}_…`", document, StringComparison.Ordinal));
    }

    private static string Prefix(int row) => string.Create(CultureInfo.InvariantCulture, $"Row{row:00}_");
}
