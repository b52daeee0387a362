using ChatClient.Conversation;
using ChatClient.Load;
using ChatClient.Load.Page;
using Shared.Terminal;

namespace ChatClient.CommandLine;

/// <summary>Puts a load together with the process's own output and signals.</summary>
internal static class LoadProgram
{
    /// <summary>Runs a load and prints its report; an interrupt ends it early.</summary>
    public static async Task<int> LoadAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        using var signals = new StopSignals();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(signals.EndOfInput, cancellationToken);
        if (options.PagePath is { } path && FindFault(path) is { } fault)
        {
            await Console.Error.WriteLineAsync($"chatclient: --html '{VisibleText.Of(path)}' cannot be written: {VisibleText.Of(fault)}");
            return ExitCodes.Usage;
        }

        bool isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        try
        {
            LoadReport report = await new LoadRun(options, new LoadProgress(Console.Error, isTerminal)).RunAsync(ending.Token);
            await Console.Out.WriteLineAsync(options.UsesJson ? report.ToJson() : report.ToText());
            if (options.PagePath is not null)
            {
                await File.WriteAllTextAsync(options.PagePath, LoadPage.Render(report, DateTimeOffset.Now), CancellationToken.None);
            }

            return report.IsWhole ? ExitCodes.AllAnswered : ExitCodes.SomeUnanswered;
        }
        catch (LogInFailedException failure)
        {
            await Console.Error.WriteLineAsync($"chatclient: {VisibleText.Of(failure.Message)}");
            return ExitCodes.CannotConnect;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("chatclient: interrupted before anything was measured");
            return ExitCodes.SomeUnanswered;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"chatclient: the page cannot be written: {VisibleText.Of(failure.Message)}");
            return ExitCodes.Usage;
        }
    }

    // Before the load: it would be a pity to find out behind it. What is there stays until there is something to write.
    private static string? FindFault(string path)
    {
        bool isNew = !File.Exists(path);
        try
        {
            using (File.Open(path, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }

            if (isNew)
            {
                File.Delete(path);
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return failure.Message;
        }
    }
}
