using System.Globalization;
using ChannelD.Commands;

namespace Faults.Journal;

/// <summary>A command as a careless author may write it: it throws, waits long, or takes all threads of the pool.</summary>
internal sealed class FaultyCommand : IPlayerCommand
{
    private const int MaxMs = 60_000;

    public CommandDescription Description { get; } = new()
    {
        Id = "faulty",
        Names = ["고장", "faulty"],
        Usage = new LocalText("/고장 throw|wait|starve 밀리초", "/faulty throw|wait|starve MS"),
        Help = new LocalText("시험용입니다.", "is for tests."),
        Texts = [new CommandText("done", "했습니다.", "Done.")],
    };

    public async ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string[] words = call.Argument.ToString().Split(' ');
        int ms = words.Length > 1 ? Math.Min(MaxMs, int.Parse(words[1], CultureInfo.InvariantCulture)) : 0;
        switch (words[0])
        {
            case "throw":
                throw new InvalidOperationException("thrown on purpose");
            case "wait":
                await Task.Delay(ms, cancellationToken);
                break;
            case "starve":
                Starve(ms);
                break;
        }

        return CommandAnswer.Ok("done");
    }

    // More work that blocks than the pool will have threads for while it lasts.
    private static void Starve(int ms)
    {
        for (int i = 0; i < 64; i++)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(
                static limitMs =>
                {
                    using var never = new ManualResetEventSlim();
                    _ = never.Wait(limitMs);
                },
                ms,
                preferLocal: false);
        }
    }
}
