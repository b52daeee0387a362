namespace ChatClient.Terminal;

/// <summary>The keyboard, with the escape sequences of its keys as the characters they are made of.</summary>
public interface IKeySource
{
    /// <summary>Whether a key is there already.</summary>
    bool IsKeyAvailable { get; }

    /// <summary>Waits for a key.</summary>
    /// <exception cref="InvalidOperationException">There is no keyboard any more.</exception>
    ConsoleKeyInfo ReadKey();

    /// <summary>
    /// Says who acts on Ctrl-C, Ctrl-Z and Ctrl-\: the reader of keys, to whom they come as any other, or the terminal, which then sends a
    /// signal and throws away what was typed before them. May be called while another thread reads.
    /// </summary>
    /// <param name="areTaken">Whether they come as keys.</param>
    void TakeSignalKeys(bool areTaken);

    /// <summary>Stops the process as Ctrl-Z does, until the shell lets it go on. Where no shell could, nothing happens.</summary>
    void Suspend();
}
