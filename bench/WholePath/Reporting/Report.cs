using System.Globalization;
using System.Text;
using Measuring;

namespace WholePath.Reporting;

/// <summary>Everything that was measured, as an object and as text.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Sections">One for each measurement.</param>
internal sealed record Report(Machine Machine, IReadOnlyList<Section> Sections)
{
    /// <summary>The report for people.</summary>
    internal string ToText()
    {
        var text = new StringBuilder();
        Line($"{Machine.Processor}, {Machine.Cores} cores · {Machine.Kernel} · {Machine.Runtime} · load {Machine.LoadAverage}");
        foreach (Section section in Sections)
        {
            Line($"");
            Line($"{section.Title}");
            Line($"  {string.Empty,-58}{"median",10}   range");
            foreach (Figure figure in section.Figures)
            {
                string goal = figure.Goal is { } most ? string.Create(CultureInfo.InvariantCulture, $"   goal {most:G4}: {(figure.IsReached == true ? "reached" : "NOT reached")}") : string.Empty;
                Line($"  {figure.Name,-58}{Number(figure.Median),10}   {Number(figure.Least)} to {Number(figure.Most)}{goal}");
            }
        }

        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) < 10 ? "F3" : Math.Abs(value) < 1000 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
