using System.Net;

namespace IpcSamples;

/// <summary>POST /find with the line as its body.</summary>
internal static class Http
{
    internal static void Serve(string port)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        Characters.Ready();
        HttpListenerContext context = listener.GetContext();
        using var reader = new StreamReader(context.Request.InputStream);
        using var writer = new StreamWriter(context.Response.OutputStream);
        writer.Write(Characters.Answer(reader.ReadToEnd()));
    }

    internal static async Task AskAsync(string port, string line)
    {
        using var client = new HttpClient();
        using var body = new StringContent(line);
        using HttpResponseMessage response = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/find"), body);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
