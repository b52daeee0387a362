using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Hosting;

/// <summary>What an exception means to the one who started the daemon: an exit code, and what to tell him.</summary>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="Lines">What to tell, without control characters. The first line stands for itself.</param>
/// <param name="Exception">The exception.</param>
internal sealed record Failure(int ExitCode, IReadOnlyList<string> Lines, Exception Exception)
{
    /// <summary>Judges an exception.</summary>
    /// <param name="exception">The exception, however deeply it wraps the cause.</param>
    /// <param name="building">Whether the host was being built: then a file or switch that cannot be read is a fault of the configuration.</param>
    public static Failure Of(Exception exception, bool building)
    {
        foreach (Exception cause in Chain(exception))
        {
            switch (cause)
            {
                case ConfigurationException configuration:
                    return BadConfiguration(exception, configuration.Faults);
                case OptionsValidationException options:
                    return BadConfiguration(exception, [.. options.Failures]);
                case SetupException setup:
                    return new Failure(ExitCodes.BadConfiguration, [UserText.Escape(setup.Message)], exception);
                case InvalidDataException or FormatException when building:
                    // The file's name is in the outer message, the place in the inner.
                    return BadConfiguration(exception, [string.Join(' ', Chain(exception).Select(link => link.Message).Distinct())]);
                case ResourceRefusedException refused:
                    return new Failure(ExitCodes.ResourceRefused, [UserText.Escape(refused.Message)], exception);
                case SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AccessDenied or SocketError.AddressNotAvailable } socket:
                    // Kestrel names the address in an outer message, and the kernel's reason in the inner.
                    string message = exception.Message.Contains(socket.Message, StringComparison.Ordinal) ? exception.Message : $"{exception.Message} {socket.Message}";
                    return new Failure(ExitCodes.ResourceRefused, [UserText.Escape(message)], exception);
            }
        }

        return new Failure(
            ExitCodes.Fault,
            [$"stopped by a fault, {exception.GetType().Name}: {UserText.Escape(exception.Message)}"],
            exception);
    }

    private static Failure BadConfiguration(Exception exception, IReadOnlyList<string> faults) => new(
        ExitCodes.BadConfiguration,
        [$"the configuration is not valid, {(faults.Count == 1 ? "1 fault" : $"{faults.Count} faults")}:", .. faults.Select(fault => $"  - {UserText.Escape(fault)}")],
        exception);

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        yield return exception;
        IEnumerable<Exception> causes = exception is AggregateException many ? many.InnerExceptions
            : exception.InnerException is { } inner ? [inner] : [];
        foreach (Exception cause in causes.SelectMany(Chain))
        {
            yield return cause;
        }
    }
}
