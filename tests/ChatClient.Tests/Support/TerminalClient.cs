using System.Diagnostics;
using System.Globalization;
using System.Text;
using Testing.Support.Waiting;

namespace ChatClient.Tests.Support;

/// <summary>The real client on a pseudo-terminal of its own, as xterm. What the test writes is what a person types.</summary>
public sealed class TerminalClient : IDisposable
{
    // Copies between its own input and output and a pseudo-terminal, on which it runs the rest of its arguments.
    private const string Bridge = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

    private readonly Process _process;
    private readonly StringBuilder _screen = new();
    private readonly Task _reading;

    public TerminalClient(string stateFolder, int columns, params string[] arguments)
        : this("exec \"$@\"", stateFolder, columns, arguments)
    {
    }

    private TerminalClient(string script, string stateFolder, int columns, string[] arguments)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TERM"] = "xterm";
        start.Environment["XDG_STATE_HOME"] = stateFolder;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment.Remove("NO_COLOR");
        string[] command =
        [
            "-c", Bridge, "sh", "-c", $"stty cols {columns.ToString(CultureInfo.InvariantCulture)} rows 24; {script}", "sh",
            "dotnet", Path.Combine(AppContext.BaseDirectory, "ChatClient.dll"), .. arguments,
        ];
        Array.ForEach(command, start.ArgumentList.Add);
        _process = Process.Start(start)!;
        _reading = ReadAsync();
    }

    /// <summary>Started by a shell's script, in which <c>"$@"</c> is the client.</summary>
    public static TerminalClient InShell(string script, string stateFolder, int columns, params string[] arguments) =>
        new(script, stateFolder, columns, arguments);

    /// <summary>Everything that was sent to the screen.</summary>
    public string Screen
    {
        get
        {
            lock (_screen)
            {
                return _screen.ToString();
            }
        }
    }

    public void Type(string keys) => Type(Encoding.UTF8.GetBytes(keys));

    public void Type(byte[] bytes)
    {
        _process.StandardInput.BaseStream.Write(bytes);
        _process.StandardInput.BaseStream.Flush();
    }

    public Task SeesAsync(string text) =>
        Eventually.TrueAsync(() => Screen.Contains(text, StringComparison.Ordinal), $"the screen shows '{text}'");

    public Task SeesAsync(string text, int times) =>
        Eventually.TrueAsync(() => Screen.Split(text).Length > times, $"the screen has shown '{text}' {times} times");

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
        await _reading.WaitAsync(Eventually.DefaultDeadline);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        using var reader = new StreamReader(_process.StandardOutput.BaseStream, Encoding.UTF8);
        char[] buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            lock (_screen)
            {
                _screen.Append(buffer, 0, count);
            }
        }
    }
}
