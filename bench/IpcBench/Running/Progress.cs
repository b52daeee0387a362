using System.Diagnostics;
using IpcBench.Exchanging;

namespace IpcBench.Running;

/// <summary>Says on standard error what is being done and how long it will take: one line that changes on a terminal, one a mechanism elsewhere.</summary>
internal sealed class Progress(TextWriter output, bool isTerminal, int steps)
{
    private const string ClearLine = "\r\u001b[K";
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private int _done;

    /// <summary>A mechanism comes next.</summary>
    internal void Enter(string title)
    {
        if (isTerminal)
        {
            output.Write($"{ClearLine}{Share()} {title}: starting");
        }
        else
        {
            output.WriteLine($"{Share()} {title}");
        }

        output.Flush();
    }

    /// <summary>A measurement comes next.</summary>
    internal void Step(ISubject subject, Load load, int run)
    {
        if (isTerminal)
        {
            output.Write($"{ClearLine}{Share()} {subject.Title} · {SideNames.Of(subject.Side)} · {load.SizeBytes} bytes · {load.InFlight} in flight · run {run + 1}");
            output.Flush();
        }

        _done++;
    }

    /// <summary>So many measurements are not made, for what they would measure is not there.</summary>
    internal void Skip(int count) => _done += count;

    /// <summary>Something went wrong, or is not there.</summary>
    internal void Say(string text)
    {
        output.WriteLine(isTerminal ? ClearLine + text : text);
        output.Flush();
    }

    /// <summary>Nothing comes any more.</summary>
    internal void End()
    {
        if (isTerminal)
        {
            output.Write(ClearLine);
            output.Flush();
        }
    }

    private string Share()
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_startedAt);
        string left = _done == 0 ? "" : $", {elapsed * (steps - _done) / _done:mm\\:ss} left";
        return $"[{100 * _done / Math.Max(1, steps),3} %{left}]";
    }
}
