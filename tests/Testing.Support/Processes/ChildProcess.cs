using System.Diagnostics;
using System.Text;
using Testing.Support.Waiting;

namespace Testing.Support.Processes;

/// <summary>
/// A program as a process of its own: its input in the test's hand, its output kept, signals by name. It is killed when disposed, so that
/// no test leaves one behind.
/// </summary>
public class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private bool _isStopped;

    /// <summary>Starts it.</summary>
    /// <param name="program">A path, or a name to look for on the search path.</param>
    /// <param name="arguments">What it is given, each as it is.</param>
    public ChildProcess(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, data) => Append(_output, data.Data);
        _process.ErrorDataReceived += (_, data) => Append(_error, data.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Whole lines of standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>Whole lines of standard error so far.</summary>
    public string Error => Read(_error);

    /// <summary>The lines of standard output so far, without empty ones.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Writes to its standard input.</summary>
    public void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes to its standard input.</summary>
    public void Write(byte[] bytes)
    {
        try
        {
            _process.StandardInput.BaseStream.Write(bytes);
            _process.StandardInput.BaseStream.Flush();
        }
        catch (IOException)
        {
            // It ended already; the test looks at its exit code.
        }
    }

    /// <summary>Closes its standard input.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Ends the input and waits for the exit code.</summary>
    public async Task<int> EndAsync()
    {
        EndInput();
        return await ExitAsync();
    }

    /// <summary>Waits for its end, and for the end of its output.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Process {Id} has not ended within {Eventually.DefaultDeadline}.\n{this}");
        }

        return _process.ExitCode;
    }

    /// <summary>Returns when standard output holds a text; fails at once where the process ends without it.</summary>
    public async Task HasPrintedAsync(string text, int times = 1)
    {
        bool isThere = false;
        bool hasEnded = false;
        try
        {
            await Eventually.TrueAsync(
                () =>
                {
                    hasEnded = HasExited;
                    isThere = Count(Output, text) >= times;
                    return isThere || hasEnded;
                },
                $"process {Id} has printed '{text}' {times} times");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{this}", late);
        }

        if (!isThere)
        {
            // The last of its output may still be on its way here.
            _ = await ExitAsync();
            if (Count(Output, text) < times)
            {
                throw new InvalidOperationException($"Process {Id} ended with {_process.ExitCode} and has not printed '{text}' {times} times.\n{this}");
            }
        }
    }

    /// <summary>Asks it to stop, as a service manager does (SIGTERM).</summary>
    public void Terminate() => Signals.Send(Id, Signals.SigTerm);

    /// <summary>Asks it to read its configuration again (SIGHUP).</summary>
    public void HangUp() => Signals.Send(Id, Signals.SigHup);

    /// <summary>Ends it without a word (SIGKILL), and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Signals.Send(Id, Signals.SigKill);
        _ = await ExitAsync();
    }

    /// <summary>Stops it where it stands (SIGSTOP).</summary>
    public void Pause()
    {
        Signals.Send(Id, Signals.SigStop);
        _isStopped = true;
    }

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Resume()
    {
        _isStopped = false;
        Signals.Send(Id, Signals.SigCont);
    }

    /// <summary>What it has said so far, for the message of a failed test.</summary>
    public override string ToString() => $"--- standard output of {Id}\n{Output}--- standard error of {Id}\n{Error}";

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Kills it.</summary>
    /// <param name="disposing">Whether it is disposed of, rather than collected.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        if (!_process.HasExited)
        {
            if (_isStopped)
            {
                Resume();
            }

            _process.Kill();
            _process.WaitForExit(TimeSpan.FromSeconds(10));
        }

        _process.Dispose();
    }

    private static int Count(string text, string part) => text.AsSpan().Count(part);

    private static void Append(StringBuilder to, string? line)
    {
        if (line is not null)
        {
            lock (to)
            {
                to.Append(line).Append('\n');
            }
        }
    }

    private static string Read(StringBuilder from)
    {
        lock (from)
        {
            return from.ToString();
        }
    }
}
