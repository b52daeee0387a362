using System.Text.Json;
using Testing.Support.CCompiler;
using Testing.Support.Folders;
using Testing.Support.Processes;
using WholePath;

namespace Bench.Tests.Whole;

public sealed class WholePathTests
{
    [RequiresCCompilerTheory]
    [InlineData("round-trip", "whole path / (C TCP + C System V), p50")]
    [InlineData("idle", "/찾기 p99, many / few")]
    [InlineData("characters", "many / few, p50")]
    public async Task Measure_Briefly_HasAllFiguresAndLeavesNothing(string measurement, string last)
    {
        using var folder = new TempFolder();
        using var results = new TempFolder();
        string json = results.File("report.json");
        using var bench = new ChildProcess(
            "env",
            [
                $"TMPDIR={folder.Path}", "dotnet",
                typeof(WholePathOptions).Assembly.Location, measurement, "--rounds", "2", "--seconds", "0.1", "--warm-up", "0.1", "--few-players", "2", "--players", "40",
                "--few-characters", "10", "--characters", "1000", "--json", json,
            ]);
        Assert.True(await bench.ExitAsync() == 0, $"{bench}");

        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        JsonElement section = Assert.Single(report.RootElement.GetProperty("Sections").EnumerateArray());
        Assert.Equal(measurement, section.GetProperty("Id").GetString());
        JsonElement[] figures = [.. section.GetProperty("Figures").EnumerateArray()];
        Assert.Equal(last, figures[^1].GetProperty("Name").GetString());
        Assert.All(figures, figure => Assert.Equal(2, figure.GetProperty("Rounds").GetArrayLength()));
        Assert.All(figures.Where(HasToBeMoreThanNothing), figure => Assert.True(figure.GetProperty("Median").GetDouble() > 0, $"{figure}"));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    // So few players need no more memory than is there.
    private static bool HasToBeMoreThanNothing(JsonElement figure) => !figure.GetProperty("Name").GetString()!.StartsWith("chatD, KB", StringComparison.Ordinal);
}
