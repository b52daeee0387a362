using System.Tests.Support;
using Testing.Support.Processes;

namespace System.Tests.Chat;

/// <summary>Real clients in the game of one pair, and what each was shown.</summary>
internal sealed class ChatClients(ServerPair pair) : IDisposable
{
    private readonly List<ClientProcess> _clients = [];

    /// <summary>Starts a client and returns when it is in the game.</summary>
    public async Task<ClientProcess> EnterAsync(string name, string map = TestPlayer.DefaultMap, string language = "ko", params string[] options)
    {
        ClientProcess client = pair.StartClient(name, ["--map", map, "--lang", language, .. options]);
        _clients.Add(client);
        client.Write("/누구\n");
        await client.HasPrintedAsync("\"command\":\"who\"");
        return client;
    }

    /// <summary>Types a line and waits for a text among what is printed.</summary>
    public static async Task TypeAsync(ClientProcess client, string line, string text)
    {
        client.Write(line + "\n");
        await SeesAsync(client, text);
    }

    /// <summary>Waits until a client has printed a text, of an answer or of an event.</summary>
    public static Task SeesAsync(ClientProcess client, string text) => client.HasPrintedAsync($"\"text\":\"{text}\"");

    /// <summary>The codes and texts of the events that a client was shown, in order.</summary>
    public static IEnumerable<(string Code, string Text)> EventsOf(ClientProcess client) => client.Json
        .Where(static line => line.GetProperty("type").GetString() == "event")
        .Select(static line => (line.GetProperty("code").GetString()!, line.GetProperty("text").GetString()!));

    /// <summary>The code of the last answer to a line.</summary>
    public static string CodeOf(ClientProcess client, string line) => client.Results
        .Last(result => result.GetProperty("line").GetString() == line).GetProperty("code").GetString()!;

    public void Dispose() => _clients.ForEach(static client => client.Dispose());
}
