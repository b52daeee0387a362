using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Shared.Operations.Endpoint;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Hosting;

namespace Shared.Operations.CommandLine;

/// <summary>Asks a daemon that runs, at the endpoint that its configuration names, whether it is ready; prints one line.</summary>
internal static class HealthCommand
{
    /// <summary>It is ready.</summary>
    public const int Ready = 0;

    /// <summary>It is not ready.</summary>
    public const int NotReady = 1;

    /// <summary>It cannot be reached.</summary>
    public const int CannotReach = 3;

    // An answer is some lines; whoever listens there in the daemon's place is not to fill the memory.
    private const int MaxAnswerBytes = 64 * 1024;

    /// <summary>Asks. Returns the exit code.</summary>
    /// <exception cref="ConfigurationException">The endpoint is off.</exception>
    public static async Task<int> RunAsync(DaemonIdentity identity, OpsOptions options, IpcOptions ipc, TextWriter output)
    {
        if (options.IsOff)
        {
            throw new ConfigurationException($"{OpsOptions.Section}:{nameof(OpsOptions.Listen)} = {OpsOptions.Off}: there is no endpoint to ask.");
        }

        List<string> refusals = [];
        foreach (EndPoint endPoint in FindEndPoints(identity, options, ipc))
        {
            if (endPoint is UnixDomainSocketEndPoint && !File.Exists(endPoint.ToString()))
            {
                refusals.Add($"{endPoint} is not there");
                continue;
            }

            try
            {
                ReadinessAnswer answer = await AskAsync(endPoint, TimeSpan.FromMilliseconds(2 * options.TimeoutMs));
                string reasons = string.Join("; ", answer.NotReady.Select(fault => UserText.Escape($"{fault.Name}: {fault.Reason}")));
                await output.WriteLineAsync(answer.Ready ? $"{identity.Name} is ready" : $"{identity.Name} is not ready: {reasons}");
                return answer.Ready ? Ready : NotReady;
            }
            catch (Exception exception) when (exception is HttpRequestException or SocketException or IOException or OperationCanceledException or JsonException)
            {
                string why = exception is OperationCanceledException ? "no answer in time" : exception.InnerException is SocketException inner ? inner.Message : exception.Message;
                refusals.Add($"{endPoint}: {UserText.Escape(why)}");
            }
        }

        await output.WriteLineAsync($"{identity.Name} cannot be reached: {string.Join("; ", refusals)}");
        return CannotReach;
    }

    private static IEnumerable<EndPoint> FindEndPoints(DaemonIdentity identity, OpsOptions options, IpcOptions ipc)
    {
        var addresses = OperationsAddresses.Parse(options.Listen ?? OpsOptions.Socket);
        IEnumerable<EndPoint> socket = [];
        if (addresses.HasSocket)
        {
            string[] paths = [.. OperationsSocket.Candidates(ipc, identity.Claim)];
            socket = paths.Where(File.Exists).DefaultIfEmpty(paths[0]).Select(path => new UnixDomainSocketEndPoint(path));
        }

        return socket.Concat(addresses.EndPoints.Select(endPoint => endPoint is IPEndPoint ip && (ip.Address.Equals(IPAddress.Any) || ip.Address.Equals(IPAddress.IPv6Any))
            ? new IPEndPoint(IPAddress.Loopback, ip.Port)
            : endPoint));
    }

    private static async Task<ReadinessAnswer> AskAsync(EndPoint endPoint, TimeSpan limit)
    {
        using SocketsHttpHandler handler = new()
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = endPoint is UnixDomainSocketEndPoint
                    ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                    : new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await socket.ConnectAsync(endPoint, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        using HttpClient client = new(handler) { Timeout = limit, MaxResponseContentBufferSize = MaxAnswerBytes };
        using HttpResponseMessage response = await client.GetAsync(new Uri("http://localhost/readyz"));
        string body = await response.Content.ReadAsStringAsync();
        return JsonSerializer.Deserialize(body, ReadinessJson.Default.ReadinessAnswer) ?? throw new JsonException("nothing was answered");
    }
}
