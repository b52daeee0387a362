namespace ChatClient.Terminal;

/// <summary>
/// Reads keys on a thread of its own, for nothing cancels the reading of a key: it is a background thread and ends with the process.
/// It reads on only while the loop keeps up, so a large paste waits in the terminal and not in memory.
/// </summary>
/// <param name="keys">The keyboard.</param>
/// <param name="room">One count for each key that may wait for the loop; the loop gives them back.</param>
/// <param name="post">Hands a key to the loop.</param>
internal sealed class KeyReadingThread(IKeySource keys, SemaphoreSlim room, Action<KeyStroke> post)
{
    /// <summary>Starts reading.</summary>
    public void Start() => new Thread(Read) { IsBackground = true, Name = "keys" }.Start();

    private void Read()
    {
        var translator = new KeyTranslator(keys);
        try
        {
            while (true)
            {
                KeyStroke stroke = translator.Read();
                room.Wait();
                post(stroke);
            }
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException)
        {
            // The terminal is gone.
            post(new KeyStroke(EditorKey.Hangup));
        }
    }
}
