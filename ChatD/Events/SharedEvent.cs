using System.Buffers;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Names;

namespace ChatD.Events;

/// <summary>
/// An event, as all its recipients share it: its text is made and its frame encoded once for each language in which somebody reads it. Does not
/// change; for any thread.
/// </summary>
internal sealed class SharedEvent
{
    // What is written in the place of each recipient's own number.
    private const ulong AnyNumber = 1;

    private readonly TextCatalogue _texts;
    private readonly string _command;
    private readonly string _code;
    private readonly IReadOnlyList<string> _arguments;
    private byte[]? _korean;
    private byte[]? _english;

    /// <summary>Makes one.</summary>
    /// <param name="room">Where it was said.</param>
    /// <param name="command">The command whose texts have the code; empty for chatD's own.</param>
    /// <param name="code">The code.</param>
    /// <param name="arguments">What fills its sentence.</param>
    /// <param name="sender">Who said it; empty for nobody.</param>
    /// <param name="texts">Where its sentence comes from.</param>
    /// <param name="takenAtNs">When it came, in nanoseconds of the monotonic clock.</param>
    public SharedEvent(
        string room, string command, string code, IReadOnlyList<string> arguments, string sender, TextCatalogue texts, long takenAtNs)
    {
        Room = room;
        Sender = sender;
        SenderKey = CharacterName.TryParse(sender, out CharacterName name, out _) ? name.Key : null;
        TakenAtNs = takenAtNs;
        _command = command;
        _code = code;
        _arguments = arguments;
        _texts = texts;
    }

    /// <summary>Where it was said.</summary>
    public string Room { get; }

    /// <summary>Who said it; empty for nobody.</summary>
    public string Sender { get; }

    /// <summary>The key of that name; null for nobody.</summary>
    public string? SenderKey { get; }

    /// <summary>When it came, in nanoseconds of the monotonic clock.</summary>
    public long TakenAtNs { get; }

    /// <summary>Its frame for those who read a language; the last <see cref="ServerEvent.NumberBytes"/> are the recipient's to write.</summary>
    public byte[] FrameIn(Language language) => language == Language.English
        ? _english ??= Encode(Language.English)
        : _korean ??= Encode(Language.Korean);

    private byte[] Encode(Language language)
    {
        string text = _texts.Render(language, _command, _code, _arguments);
        var frame = new ArrayBufferWriter<byte>();
        PlayerFraming.WriteFrame(frame, new ServerEvent(_code, text, _arguments, Room, Sender, AnyNumber));
        return frame.WrittenSpan.ToArray();
    }
}
