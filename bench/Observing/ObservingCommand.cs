using System.CommandLine;

namespace Observing;

/// <summary>The command line.</summary>
internal static class ObservingCommand
{
    private static readonly Option<int> s_rounds = Number("--rounds", "How many rounds; each measures every way of being watched once.", 9, 1000);
    private static readonly Option<int> s_seconds = Number("--seconds", "How long each is measured.", 3, 3600);
    private static readonly Option<int> s_warmUp = Number("--warm-up", "How many seconds each is warmed up before the first round.", 20, 3600);
    private static readonly Option<int> s_clients = Number("--clients", "How many players type.", 64, 10_000);
    private static readonly Option<int> s_pipeline = Number("--pipeline", "How many lines each of them has under way.", 16, 1000);

    /// <summary>Does what the command line says.</summary>
    /// <returns>The exit code.</returns>
    internal static Task<int> RunAsync(string[] arguments)
    {
        var command = new RootCommand("What metrics and spans cost: the same daemons and the same load, watched in several ways, in turn.")
        {
            s_rounds, s_seconds, s_warmUp, s_clients, s_pipeline,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await ObservingBenchmark.RunAsync(
                new ObservingOptions(
                    parsed.GetValue(s_rounds), parsed.GetValue(s_seconds), parsed.GetValue(s_warmUp), parsed.GetValue(s_clients), parsed.GetValue(s_pipeline)),
                cancellationToken);
            return 0;
        });
        return command.Parse(arguments).InvokeAsync();
    }

    private static Option<int> Number(string name, string description, int byDefault, int most) => new(name)
    {
        Description = $"{description} Defaults to {byDefault}.",
        DefaultValueFactory = _ => byDefault,
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<int>() is var given && (given < 1 || given > most))
                {
                    result.AddError($"{name} is from 1 to {most}.");
                }
            },
        },
    };
}
