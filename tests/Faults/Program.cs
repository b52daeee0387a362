using Faults.Running;

const int Kept = 0;
const int Broken = 1;
const int UsageFault = 2;

RunOptions options;
try
{
    options = RunOptions.Parse(args);
}
catch (FormatException fault)
{
    await Console.Error.WriteLineAsync($"{fault.Message}\n{RunOptions.Usage}");
    return UsageFault;
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stopping.Cancel();
};
RunReport report = await FaultRun.RunAsync(options, line => Console.WriteLine($"{DateTime.Now:HH:mm:ss} {line}"), stopping.Token);
string text = FormattableString.Invariant(
    $"seed {options.Seed}, {options.Duration.TotalMinutes:0.##} minutes, {options.Clients} players, {options.RequestsPerSecond} requests a second tried, results by the {options.ResultPath}\n{report}");
Console.WriteLine(text);
if (options.ReportPath is { } path)
{
    await File.WriteAllTextAsync(path, text);
}

return report.ViolationCount == 0 ? Kept : Broken;
