using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Tests.Support;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.Operations;

/// <summary>The operations endpoints of a pair of daemons.</summary>
internal static class OperationsPair
{
    /// <summary>The path of a daemon's socket.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="daemon"><c>chatd</c> or <c>channeld</c>.</param>
    /// <param name="instance">Its number.</param>
    public static string SocketOf(this ServerPair pair, string daemon, int instance = 0) => Path.Combine(
        pair.RuntimeFolder, "sockets", string.Create(CultureInfo.InvariantCulture, $"{pair.Keys.RequestKey:x8}-ops-{daemon}-{instance}.sock"));

    /// <summary>Asks a daemon of the pair at its socket.</summary>
    public static async Task<(int Status, string Body, MediaTypeHeaderValue? Type)> GetAsync(this ServerPair pair, string daemon, string path)
    {
        using SocketsHttpHandler handler = new()
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(pair.SocketOf(daemon)), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using HttpClient client = new(handler) { Timeout = Eventually.DefaultDeadline };
        using HttpResponseMessage response = await client.GetAsync(new Uri("http://localhost" + path));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType);
    }

    /// <summary>Runs a daemon's program with a command and this pair's options to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(this ServerPair pair, string program, params string[] arguments)
    {
        using DaemonProcess process = new(program, [$"--Ipc:RequestKey={pair.Keys.RequestKey.ToString(CultureInfo.InvariantCulture)}", $"--Ipc:RuntimeFolder={pair.RuntimeFolder}", "--Ops:TimeoutMs=20000", .. arguments]);
        int exitCode = await process.ExitAsync();
        return (exitCode, process.Output, process.Error);
    }
}
