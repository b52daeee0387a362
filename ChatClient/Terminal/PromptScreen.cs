using System.Globalization;
using System.Text;
using Shared.Terminal;

namespace ChatClient.Terminal;

/// <summary>
/// Draws the prompt and the line on the last row in use, and everything else above it. It only ever needs one row: a line longer
/// than the terminal is wide is scrolled sideways. For one thread.
/// </summary>
/// <param name="output">The terminal.</param>
/// <param name="prompt">The prompt; it may be printed as it is.</param>
/// <param name="columns">How many columns the terminal has now.</param>
public sealed class PromptScreen(Stream output, string prompt, Func<int> columns)
{
    private const string EraseToEnd = "\r\u001b[J";
    private const int MinLineColumns = 8;

    // Of a terminal that does not say how wide it is (a serial line, a bare pseudo-terminal).
    private const int UnknownColumns = 80;

    private readonly StringBuilder _drawing = new();
    private int _drawnCursorColumn;

    /// <summary>Takes the prompt off the screen, so that something else can be printed where it stood.</summary>
    public void Erase()
    {
        // After the terminal became narrower, what was one row may be several.
        int rowsUp = _drawnCursorColumn / Width();
        if (rowsUp > 0)
        {
            _drawing.Append(CultureInfo.InvariantCulture, $"\u001b[{rowsUp}A");
        }

        _drawing.Append(EraseToEnd);
        _drawnCursorColumn = 0;
    }

    /// <summary>Prints finished lines. The prompt must have been erased.</summary>
    public void Print(string lines) => _drawing.Append(lines);

    /// <summary>Prints the line as it was sent, to stay on the screen. The prompt must have been erased.</summary>
    public void PrintSent(string line) => _drawing.Append(prompt).Append(line).Append('\n');

    /// <summary>Clears the whole screen.</summary>
    public void Clear()
    {
        _drawing.Append("\u001b[H\u001b[2J");
        _drawnCursorColumn = 0;
    }

    /// <summary>Turns on that the terminal marks what is pasted.</summary>
    public void Begin() => _drawing.Append("\u001b[?2004h");

    /// <summary>Leaves the terminal as it was found.</summary>
    public void End() => _drawing.Append("\u001b[?2004l");

    /// <summary>Draws the prompt and the line anew. The prompt must have been erased.</summary>
    public void Draw(LineBuffer line)
    {
        ArgumentNullException.ThrowIfNull(line);
        int width = Width();
        int promptColumns = DisplayWidth.Of(prompt);
        bool hasPrompt = promptColumns + MinLineColumns <= width;
        (string text, int cursorColumn) = line.View(Math.Max(width - (hasPrompt ? promptColumns : 0), 1));
        if (hasPrompt)
        {
            _drawing.Append(prompt);
        }

        _drawnCursorColumn = cursorColumn + (hasPrompt ? promptColumns : 0);
        _drawing.Append(text).Append(CultureInfo.InvariantCulture, $"\u001b[{_drawnCursorColumn + 1}G");
    }

    /// <summary>Sends everything to the terminal in one piece.</summary>
    public void Flush()
    {
        if (_drawing.Length > 0)
        {
            output.Write(Encoding.UTF8.GetBytes(_drawing.ToString()));
            output.Flush();
            _drawing.Clear();
        }
    }

    private int Width() => columns() is > 0 and int known ? known : UnknownColumns;
}
