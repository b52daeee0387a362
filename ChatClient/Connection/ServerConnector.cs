using System.Diagnostics;
using System.Net.Sockets;

namespace ChatClient.Connection;

/// <summary>Connects to a server that may not be there yet.</summary>
public static class ServerConnector
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Tries to connect until it succeeds or the time is over. At least one attempt is made.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="timeout">For how long.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <exception cref="ConnectionLostException">No connection came about in that time, or it never can.</exception>
    public static async Task<Socket> ConnectAsync(ServerAddress address, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            string problem;
            using (var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
            {
                TimeSpan remaining = timeout - Stopwatch.GetElapsedTime(started);
                attempt.CancelAfter(remaining > s_retryDelay ? remaining : s_retryDelay);
                try
                {
                    return await ConnectOnceAsync(address, attempt.Token);
                }
                catch (SocketException failure)
                {
                    problem = failure.Message;
                    if (failure.SocketErrorCode is SocketError.AccessDenied or SocketError.AddressFamilyNotSupported)
                    {
                        throw new ConnectionLostException(problem, failure);
                    }
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    problem = "it does not answer";
                }
            }

            if (Stopwatch.GetElapsedTime(started) + s_retryDelay > timeout)
            {
                throw new ConnectionLostException(timeout > TimeSpan.Zero ? $"{problem} (tried for {timeout.TotalSeconds:0.###} s)" : problem);
            }

            await Task.Delay(s_retryDelay, cancellationToken);
        }
    }

    /// <summary>Tries to connect once.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="timeout">For how long.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <exception cref="ConnectionLostException">No connection came about.</exception>
    public static async Task<Socket> ConnectOnceAsync(ServerAddress address, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(timeout);
        try
        {
            return await ConnectOnceAsync(address, attempt.Token);
        }
        catch (SocketException failure)
        {
            throw new ConnectionLostException(failure.Message, failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionLostException("it does not answer", failure);
        }
    }

    private static async Task<Socket> ConnectOnceAsync(ServerAddress address, CancellationToken cancellationToken)
    {
        bool isUnix = address.Path is not null;
        Socket socket = isUnix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (!isUnix)
            {
                socket.NoDelay = true;

                // A server that vanished without a word (its host went down) is noticed within about half a minute.
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            }

            await socket.ConnectAsync(address.ToEndPoint(), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
