namespace ChatClient.Terminal;

/// <summary>The lines sent before, bounded, and the place in them while one looks through them. For one thread.</summary>
public sealed class LineHistory
{
    /// <summary>How many lines are kept.</summary>
    public const int MaxLines = 500;

    private readonly List<string> _lines = [];
    private int _index;
    private string _unfinished = string.Empty;

    /// <summary>The lines, oldest first.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Adds a line that was sent, unless it repeats the one before, and leaves the looking through.</summary>
    public void Add(string line)
    {
        if (line.Length > 0 && (_lines.Count == 0 || !string.Equals(_lines[^1], line, StringComparison.Ordinal)))
        {
            _lines.Add(line);
            if (_lines.Count > MaxLines)
            {
                _lines.RemoveAt(0);
            }
        }

        Leave();
    }

    /// <summary>Leaves the looking through: the next look starts at the newest line.</summary>
    public void Leave()
    {
        _index = _lines.Count;
        _unfinished = string.Empty;
    }

    /// <summary>The line before the one shown; null at the oldest.</summary>
    /// <param name="shown">What is being edited now; given back when one returns to the end.</param>
    public string? Previous(string shown)
    {
        if (_index == 0)
        {
            return null;
        }

        if (_index == _lines.Count)
        {
            _unfinished = shown;
        }

        return _lines[--_index];
    }

    /// <summary>The line after the one shown, the unfinished one at the end; null behind that.</summary>
    public string? Next()
    {
        if (_index == _lines.Count)
        {
            return null;
        }

        _index++;
        return _index == _lines.Count ? _unfinished : _lines[_index];
    }
}
