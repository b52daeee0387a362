using ChatClient.Conversation;
using ChatClient.Input;
using ChatClient.Output;
using ChatClient.Terminal;
using Shared.Terminal;

namespace ChatClient.CommandLine;

/// <summary>Puts a conversation together with the process's own input, output and signals.</summary>
internal static class ChatProgram
{
    /// <summary>Chats until the input ends.</summary>
    public static async Task<int> ChatAsync(ChatOptions options)
    {
        using var signals = new StopSignals();
        return IsInteractive()
            ? await ChatInTerminalAsync(options, signals)
            : await ChatThroughPipesAsync(options, signals);
    }

    private static bool IsInteractive() => !Console.IsInputRedirected && !Console.IsOutputRedirected
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    // https://no-color.org: present and not empty, whatever its value.
    private static bool UsesColours() => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    private static async Task<int> ChatInTerminalAsync(ChatOptions options, StopSignals signals)
    {
        var history = new LineHistory();
        string? historyPath = options.KeepsHistory ? HistoryFile.DefaultPath() : null;
        if (historyPath is not null)
        {
            HistoryFile.Load(historyPath, history);
        }

        var screen = new PromptScreen(Console.OpenStandardOutput(), $"{VisibleText.Of(options.Name)}> ", static () => Console.WindowWidth);
        var problems = new List<string>();
        int exitCode;
        await using (var terminal = new InteractiveTerminal(new ConsoleKeySource(), screen, history))
        {
            signals.Interrupted = terminal.Interrupt;
            exitCode = await ChatAsync(options, terminal, problems.Add, () => terminal, signals.EndOfInput, signals.Abort);
            signals.Interrupted = null;
        }

        if (historyPath is not null)
        {
            HistoryFile.Save(historyPath, history);
        }

        // Only now: the prompt is gone and the screen is nobody's.
        problems.ForEach(Report);
        return exitCode;
    }

    private static async Task<int> ChatThroughPipesAsync(ChatOptions options, StopSignals signals)
    {
        using var output = new StandardOutput();
        using var endOfInput = CancellationTokenSource.CreateLinkedTokenSource(signals.EndOfInput, output.Closed);
        return await ChatAsync(
            options,
            output,
            Report,
            () => new StreamLineSource(StandardInput.Open(), StreamLineSource.DefaultMaxLineBytes),
            endOfInput.Token,
            signals.Abort);
    }

    private static async Task<int> ChatAsync(
        ChatOptions options, ITextSink sink, Action<string> report, Func<ILineSource> source, CancellationToken endOfInput, CancellationToken abort)
    {
        using JsonOutput? json = options.UsesJson ? new JsonOutput(sink) : null;
        IOutput output = json ?? (IOutput)new TextOutput(sink, UsesColours());
        return await new ChatConversation(options, output, report).RunAsync(source, endOfInput, abort);
    }

    private static void Report(string problem) => Console.Error.WriteLine($"chatclient: {problem}");
}
