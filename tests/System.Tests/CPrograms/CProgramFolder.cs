using System.Globalization;
using Testing.Support.CCompiler;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace System.Tests.CPrograms;

/// <summary>C programs of this folder, compiled where they are asked for, and running ones; all gone when disposed.</summary>
internal sealed class CProgramFolder : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _compiled = [];
    private readonly List<ChildProcess> _running = [];

    /// <summary>Starts a program.</summary>
    /// <param name="name">The name of its source, without a suffix.</param>
    /// <param name="numbers">Its arguments.</param>
    public async Task<ChildProcess> StartAsync(string name, params int[] numbers) =>
        await StartAsync(name, [.. numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>Starts a program.</summary>
    public async Task<ChildProcess> StartAsync(string name, params string[] arguments)
    {
        if (!_compiled.TryGetValue(name, out string? executable))
        {
            executable = await CCompiler.CompileFileAsync(_folder, CSource.Path(name));
            _compiled.Add(name, executable);
        }

        var process = new ChildProcess(executable, arguments);
        _running.Add(process);
        return process;
    }

    /// <summary>Starts a program that says when it has its queues, and waits for that.</summary>
    public async Task<ChildProcess> StartReadyAsync(string name, params int[] numbers)
    {
        ChildProcess process = await StartAsync(name, numbers);
        await process.HasPrintedAsync("ready");
        return process;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _running.ForEach(static process => process.Dispose());
        _folder.Dispose();
    }
}
