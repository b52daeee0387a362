using System.Diagnostics;
using System.Text;
using Measuring;

namespace IpcBench.Processes;

/// <summary>This program, started once more, as its parent holds it. Disposal ends it, by force if need be.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptErrorCharacters = 2000;
    private static readonly TimeSpan s_endDeadline = TimeSpan.FromSeconds(3);

    private readonly string _name;
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private ChildProcess(string name, Process process)
    {
        _name = name;
        _process = process;
        process.ErrorDataReceived += (_, line) => KeepError(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Starts it.</summary>
    internal static ChildProcess Start(ChildArguments arguments)
    {
        ProcessStartInfo start = ThisProgram.Start(typeof(ChildProcess).Assembly, ChildArguments.Verb, arguments.ToArgument());
        start.RedirectStandardError = true;
        return new ChildProcess(arguments.IsAnswerer ? "answering" : "asking", Process.Start(start)!);
    }

    /// <summary>Writes a line to it.</summary>
    internal async Task WriteLineAsync(string line)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            throw EndedNow();
        }
    }

    /// <summary>Its next line.</summary>
    /// <exception cref="InvalidOperationException">It has ended; the message has what it said.</exception>
    /// <exception cref="TimeoutException">It says nothing.</exception>
    internal async Task<string> ReadLineAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(within);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(deadline.Token) ?? throw await EndedAsync();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The {_name} process said nothing for {within.TotalSeconds} s. {Errors()}");
        }
    }

    /// <summary>Waits until it ends by itself, and says why it did.</summary>
    internal async Task<Exception> AwaitEndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return EndedNow();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            using var deadline = new CancellationTokenSource(s_endDeadline);
            try
            {
                _process.StandardInput.Close();
                await _process.WaitForExitAsync(deadline.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(s_endDeadline, CancellationToken.None);
            }
        }
    }

    private async Task<InvalidOperationException> EndedAsync()
    {
        // Its output is closed just before it ends, and what it said comes on another way.
        using var deadline = new CancellationTokenSource(s_endDeadline);
        await _process.WaitForExitAsync(deadline.Token);
        return EndedNow();
    }

    private InvalidOperationException EndedNow() => new($"The {_name} process has ended. {Errors()}");

    private string Errors()
    {
        lock (_errors)
        {
            return _errors.ToString().Trim();
        }
    }

    private void KeepError(string? line)
    {
        lock (_errors)
        {
            if (line is not null && _errors.Length + line.Length < KeptErrorCharacters)
            {
                _errors.AppendLine(line);
            }
        }
    }
}
