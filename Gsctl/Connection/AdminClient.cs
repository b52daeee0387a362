using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Gsctl.Discovery;
using Shared.Protocol.Administration;
using Shared.Protocol.Interop.Linux;
using Shared.Terminal;

namespace Gsctl.Connection;

/// <summary>Asks one daemon at its socket of administration. For one question at a time, or several.</summary>
internal sealed class AdminClient : IDisposable
{
    // As many players as a chatD may hold, and who lists them all.
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    // A line of trace is what a player may say, with names and escapes: far less.
    private const int MaxLineBytes = 64 * 1024;

    // What is asked comes into the daemon's log: names are to be read there.
    private static readonly AdminJson s_readable = new(new JsonSerializerOptions(AdminJson.Default.Options) { Encoder = VisibleJsonEncoder.Instance });

    private readonly DaemonAddress _address;
    private readonly ServerTrust _trust;
    private readonly HttpClient _http;
    private readonly TimeSpan _limit;

    /// <summary>Connects with the first question.</summary>
    /// <param name="address">Whom to ask.</param>
    /// <param name="trust">Who may serve its socket.</param>
    /// <param name="limit">How long an answer may take.</param>
    public AdminClient(DaemonAddress address, ServerTrust trust, TimeSpan limit)
    {
        _address = address;
        _trust = trust;
        _limit = limit;
        SocketsHttpHandler handler = new() { UseProxy = false, ConnectCallback = ConnectAsync };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://localhost"), Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    /// <summary>Reads something.</summary>
    /// <exception cref="AdminFault">It could not be asked, or refused.</exception>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        return await AskAsync(request, type, cancellationToken);
    }

    /// <summary>Changes something.</summary>
    /// <exception cref="AdminFault">It could not be asked, or refused.</exception>
    public async Task<TAnswer> PostAsync<TRequest, TAnswer>(
        string path, TRequest body, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = Json(body, requestType) };
        return await AskAsync(request, answerType, cancellationToken);
    }

    /// <summary>Follows what is shown line by line, until the daemon ends it or the token does.</summary>
    /// <exception cref="AdminFault">It could not be asked, refused, or has gone.</exception>
    public async IAsyncEnumerable<TLine> FollowAsync<TRequest, TLine>(
        string path,
        TRequest body,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TLine> lineType,
        TimeSpan longestSilence,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = Json(body, requestType) };
        using HttpResponseMessage response = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var reader = new LineReader(stream, MaxLineBytes);
        while (await ReadLineAsync(reader, longestSilence, cancellationToken) is { } line)
        {
            yield return Read(line, lineType);
        }
    }

    /// <summary>Reads an answer, or a part of one, whose kind shows only when it is there.</summary>
    /// <exception cref="AdminFault">It does not fit.</exception>
    public T Read<T>(JsonElement answer, JsonTypeInfo<T> type)
    {
        try
        {
            return answer.Deserialize(type) ?? throw new AdminFault(null, $"{_address.Name} answered nothing.");
        }
        catch (JsonException fault)
        {
            throw CannotRead(fault.Message);
        }
    }

    /// <summary>The fault of an answer that does not fit.</summary>
    /// <param name="reason">Why not.</param>
    public AdminFault CannotRead(string reason) => new(null, $"{_address.Name} answered what this gsctl cannot read; is it of another version? {reason}");

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Json<T>(T body, JsonTypeInfo<T> type)
    {
        ByteArrayContent content = new(JsonSerializer.SerializeToUtf8Bytes(body, (JsonTypeInfo<T>)s_readable.GetTypeInfo(type.Type)!));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private T Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, type) ?? throw new AdminFault(null, $"{_address.Name} answered nothing.");
        }
        catch (JsonException fault)
        {
            throw CannotRead(fault.Message);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadLineAsync(LineReader reader, TimeSpan longestSilence, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken).WaitAsync(longestSilence, cancellationToken);
        }
        catch (InvalidDataException tooLong)
        {
            throw CannotRead(tooLong.Message);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or TimeoutException)
        {
            throw new AdminFault(null, exception is TimeoutException ? $"{_address.Name} is silent." : $"{_address.Name} has gone.");
        }
    }

    private async Task<T> AskAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return Read(await response.Content.ReadAsByteArrayAsync(cancellationToken), type);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_limit);
        try
        {
            response = await _http.SendAsync(request, completion, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AdminFault(null, string.Create(CultureInfo.InvariantCulture, $"{_address.Name} has not answered within {_limit.TotalSeconds:0.#} s (--timeout)."));
        }
        catch (HttpRequestException failure)
        {
            throw new AdminFault(null, Explain(failure));
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using HttpResponseMessage refused = response;
        AdminRefusal? refusal = null;
        try
        {
            refusal = JsonSerializer.Deserialize(await refused.Content.ReadAsByteArrayAsync(cancellationToken), AdminJson.Default.AdminRefusal);
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new AdminFault(refusal?.Code ?? AdminCodes.Internal, $"{_address.Name}: {refusal?.Text ?? $"it answered {(int)refused.StatusCode}."}");
    }

    private string Explain(HttpRequestException failure)
    {
        if (failure.InnerException is AdminFault refused)
        {
            return refused.Message;
        }

        SocketError error = (failure.InnerException as SocketException)?.SocketErrorCode ?? SocketError.Success;
        if (error == SocketError.AccessDenied)
        {
            string who = SysStat.TryStat(_address.SocketPath, out FileState state)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"it is for uid {state.Uid}{((state.Mode & 0x10) != 0 ? $", members of gid {state.Gid}" : string.Empty)} and root (mode 0{Convert.ToString(state.Mode & 0x1FF, 8)})")
                : FolderFault.Explain(_address.SocketPath);
            return string.Create(CultureInfo.InvariantCulture, $"{_address.Name} may not be administered by uid {Unistd.geteuid()}: {_address.SocketPath}: {who}. Use sudo; or be a member of Ops:AdminGroup, and its folders open to you (0711).");
        }

        return error switch
        {
            SocketError.ConnectionRefused => $"{_address.Name}: nobody listens at {_address.SocketPath}; a killed daemon has left it (gsctl purge --stale).",
            SocketError.AddressNotAvailable => $"{_address.Name}: {_address.SocketPath} is not there.",
            _ => $"{_address.Name} at {_address.SocketPath}: {failure.InnerException?.Message ?? failure.Message}",
        };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_address.SocketPath), cancellationToken);
            if (_trust.FindFault(socket, _address.SocketPath) is { } fault)
            {
                throw new AdminFault(null, $"{_address.Name} at {_address.SocketPath} is not used: {fault}.");
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
