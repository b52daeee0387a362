using ChatClient.Connection;
using ChatClient.Conversation;
using ChatClient.Load;

namespace ChatClient.CommandLine;

/// <summary>Puts a load together with the process's own output and signals.</summary>
internal static class LoadProgram
{
    /// <summary>Runs a load and prints its report; an interrupt ends it early.</summary>
    public static async Task<int> LoadAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        using var signals = new StopSignals();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(signals.EndOfInput, cancellationToken);
        bool isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        try
        {
            LoadReport report = await new LoadRun(options, new LoadProgress(Console.Error, isTerminal)).RunAsync(ending.Token);
            await Console.Out.WriteLineAsync(options.UsesJson ? report.ToJson() : report.ToText());
            return report.IsWhole ? ExitCodes.AllAnswered : ExitCodes.SomeUnanswered;
        }
        catch (ConnectionLostException failure)
        {
            await Console.Error.WriteLineAsync($"chatclient: {Output.VisibleText.Of(failure.Message)}");
            return ExitCodes.CannotConnect;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("chatclient: interrupted before anything was measured");
            return ExitCodes.SomeUnanswered;
        }
    }
}
