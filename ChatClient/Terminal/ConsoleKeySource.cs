namespace ChatClient.Terminal;

/// <summary>The process's terminal, as .NET reads it.</summary>
internal sealed class ConsoleKeySource : IKeySource
{
    /// <inheritdoc/>
    public bool IsKeyAvailable => Console.KeyAvailable;

    /// <inheritdoc/>
    public ConsoleKeyInfo ReadKey() => Console.ReadKey(intercept: true);
}
