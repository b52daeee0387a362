using System.Text;

namespace Gsctl.Live;

/// <summary>
/// The alternate screen of a terminal, redrawn in place: each frame is written at once, over the one before, and nothing is cleared first, so that
/// nothing flickers. Disposal gives the terminal back as it was.
/// </summary>
internal sealed class LiveScreen : IDisposable
{
    private const string Enter = "\e[?1049h\e[?25l\e[?7l\e[2J";
    private const string Leave = "\e[?7h\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string EndOfLine = "\e[K\r\n";
    private const string ClearBelow = "\e[J";

    private readonly TextWriter _output;
    private readonly Func<int> _rows;

    /// <summary>Takes the terminal.</summary>
    /// <param name="output">The terminal.</param>
    /// <param name="rows">How many rows it has.</param>
    public LiveScreen(TextWriter output, Func<int> rows)
    {
        _output = output;
        _rows = rows;
        Write(Enter);
    }

    /// <summary>Draws a frame; what does not fit is left out.</summary>
    public void Draw(IEnumerable<string> lines)
    {
        StringBuilder frame = new(Home);
        int rows = Math.Max(1, _rows());
        string[] shown = [.. lines.Take(rows)];
        for (int i = 0; i < shown.Length; i++)
        {
            // The last row takes no line end: it would scroll.
            _ = frame.Append(shown[i]).Append(i < rows - 1 ? EndOfLine : "\e[K");
        }

        Write(frame.Append(shown.Length < rows ? ClearBelow : string.Empty).ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => Write(Leave);

    private void Write(string text)
    {
        _output.Write(text);
        _output.Flush();
    }
}
