using System.Text;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Shared.Terminal;

namespace ChatClient.Output;

/// <summary>
/// For people. Every kind of line has a sign of its own, and a colour where the terminal has colours:
/// <c>✓</c> done, <c>✗</c> refused, <c>~</c> busy (surely not done), <c>?</c> unknown (may have been done), <c>»</c> event (in a colour for each
/// kind of room), <c>#</c> notice.
/// </summary>
/// <param name="sink">Where the lines go.</param>
/// <param name="useColours">Whether to colour them.</param>
public sealed class TextOutput(ITextSink sink, bool useColours) : IOutput
{
    // Behind a line feed in a text: no received text can begin a line of the screen and so pretend to be another message.
    private const string Continuation = "\n    ";

    private const string Green = "32";
    private const string Red = "31";
    private const string Yellow = "33";
    private const string Magenta = "35";
    private const string Cyan = "36";
    private const string Grey = "90";

    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public void Result(in LineResult result)
    {
        string shown = result.Text.Length > 0 ? result.Text : result.Code;
        switch (result.Outcome)
        {
            case OutcomeKind.Ok:
                Line(Green, '✓', shown, string.Empty, string.Empty);
                break;
            case OutcomeKind.Error:
                Line(Red, '✗', shown, "error", result.Code);
                break;
            case OutcomeKind.Busy:
                Line(Yellow, '~', shown, "busy, not done", result.Code);
                break;
            default:
                Line(Magenta, '?', shown, "unknown whether done", result.Code);
                break;
        }
    }

    /// <inheritdoc/>
    public void Event(in ServerEvent message) =>
        Line(ColourOf(message.Room), '»', message.Text.Length > 0 ? message.Text : message.Code, string.Empty, string.Empty);

    /// <inheritdoc/>
    public void Notice(string code, string text) => Line(Grey, '#', string.IsNullOrEmpty(text) ? code : text, string.Empty, string.Empty);

    /// <inheritdoc/>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_text.Length > 0)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(_text.ToString());
            _text.Clear();
            await sink.WriteAsync(utf8, cancellationToken);
        }
    }

    private static string ColourOf(string room) => room switch
    {
        Rooms.Whisper => Magenta,
        Rooms.Party => Green,
        Rooms.World or Rooms.Notice => Yellow,
        Rooms.System or Rooms.Trace => Grey,
        _ => Cyan,
    };

    private void Line(string colour, char sign, string text, string outcome, string code)
    {
        if (useColours)
        {
            _text.Append("\u001b[").Append(colour).Append('m');
        }

        _text.Append(sign).Append(' ');
        VisibleText.AppendVisible(_text, text, Continuation);
        if (outcome.Length > 0)
        {
            _text.Append(" [").Append(outcome).Append(": ");
            VisibleText.AppendVisible(_text, code);
            _text.Append(']');
        }

        if (useColours)
        {
            _text.Append("\u001b[0m");
        }

        _text.Append('\n');
    }
}
