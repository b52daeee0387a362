namespace ChatClient.Terminal;

/// <summary>The keyboard.</summary>
public interface IKeySource
{
    /// <summary>Whether a key is there already.</summary>
    bool IsKeyAvailable { get; }

    /// <summary>Waits for a key.</summary>
    /// <exception cref="InvalidOperationException">There is no keyboard any more.</exception>
    ConsoleKeyInfo ReadKey();
}
