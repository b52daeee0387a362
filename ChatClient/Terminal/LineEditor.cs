namespace ChatClient.Terminal;

/// <summary>Edits one line by keys, with a history. Pure: it neither reads keys nor draws. For one thread.</summary>
/// <param name="history">The lines sent before.</param>
public sealed class LineEditor(LineHistory history)
{
    private bool _wasAskedToEnd;

    /// <summary>The line being edited.</summary>
    public LineBuffer Line { get; } = new();

    /// <summary>The last line to be sent.</summary>
    public string Submitted { get; private set; } = string.Empty;

    /// <summary>Applies a key.</summary>
    public EditorResult Apply(KeyStroke stroke)
    {
        bool wasAskedToEnd = _wasAskedToEnd;
        _wasAskedToEnd = false;
        switch (stroke.Key)
        {
            case EditorKey.Character:
                Line.Insert(stroke.Character);
                break;
            case EditorKey.Enter:
                return Submit();
            case EditorKey.Hangup:
                return EditorResult.Ended;
            case EditorKey.DeleteOrEnd when Line.Length == 0:
                return EditorResult.Ended;
            case EditorKey.ClearScreen:
                return EditorResult.ClearScreen;
            case EditorKey.Suspend:
                return EditorResult.Suspended;
            case EditorKey.Interrupt:
                return Interrupt(wasAskedToEnd);
            case EditorKey.Previous:
                Recall(history.Previous(Line.ToString()));
                break;
            case EditorKey.Next:
                Recall(history.Next());
                break;
            default:
                Edit(stroke.Key);
                break;
        }

        return EditorResult.Edited;
    }

    private EditorResult Submit()
    {
        Submitted = Line.ToString();
        Line.Set(string.Empty);
        if (string.IsNullOrWhiteSpace(Submitted))
        {
            return EditorResult.Edited;
        }

        history.Add(Submitted);
        return EditorResult.Submitted;
    }

    private EditorResult Interrupt(bool wasAskedToEnd)
    {
        history.Leave();
        if (Line.Length > 0)
        {
            Line.Set(string.Empty);
            return EditorResult.Edited;
        }

        _wasAskedToEnd = true;
        return wasAskedToEnd ? EditorResult.Ended : EditorResult.AskedToEnd;
    }

    private void Recall(string? text)
    {
        if (text is not null)
        {
            Line.Set(text);
        }
    }

    private void Edit(EditorKey key)
    {
        int cursor = Line.Cursor;
        switch (key)
        {
            case EditorKey.Left:
                Line.MoveTo(Line.PreviousOf(cursor));
                break;
            case EditorKey.Right:
                Line.MoveTo(Line.NextOf(cursor));
                break;
            case EditorKey.WordLeft:
                Line.MoveTo(Line.WordBefore(cursor));
                break;
            case EditorKey.WordRight:
                Line.MoveTo(Line.WordAfter(cursor));
                break;
            case EditorKey.Home:
                Line.MoveTo(0);
                break;
            case EditorKey.End:
                Line.MoveTo(Line.Length);
                break;
            case EditorKey.Backspace:
                Line.Remove(Line.PreviousOf(cursor), cursor);
                break;
            case EditorKey.Delete or EditorKey.DeleteOrEnd:
                Line.Remove(cursor, Line.NextOf(cursor));
                break;
            case EditorKey.KillWord:
                Line.Remove(Line.WordBefore(cursor), cursor);
                break;
            case EditorKey.KillToStart:
                Line.Remove(0, cursor);
                break;
            case EditorKey.KillToEnd:
                Line.Remove(cursor, Line.Length);
                break;
        }
    }
}
