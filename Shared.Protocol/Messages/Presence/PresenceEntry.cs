using System.Text;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Presence;

/// <summary>
/// One character in a <see cref="PresenceUpdate"/>:
/// <c>[name, marks, chat_instance, chat_generation, user_id, channel, map, entered_at_ns, transfer_until_ns, tier, traced_key]</c>, where trailing
/// zeros and the empty key are left out, and one that has gone is <c>[name, marks]</c>.
/// </summary>
/// <param name="Name">Its display name.</param>
/// <param name="State">1 in its map, 2 in the cash shop, 3 in transfer until <paramref name="TransferUntilNs"/> and then in its map.</param>
/// <param name="IsHidden">Whether it is hidden from those below its tier.</param>
/// <param name="IsRemoved">Whether it has gone; its state is then the last one, and what follows is empty.</param>
/// <param name="ChatInstance">The number of its chatD.</param>
/// <param name="ChatGeneration">The run of its chatD.</param>
/// <param name="UserId">Its session at that chatD.</param>
/// <param name="Channel">Its channel, from 1 to 256.</param>
/// <param name="Map">The display name of its map.</param>
/// <param name="EnteredAtNs">When the session entered at this channelD, in nanoseconds of <c>CLOCK_MONOTONIC</c>.</param>
/// <param name="TransferUntilNs">When its transfer ends, in the same time; 0 for none.</param>
/// <param name="Tier">0 for a player, from 1 for a game master.</param>
/// <param name="TracedKey">The name key of whom it watches; empty for nobody.</param>
public readonly record struct PresenceEntry(
    string Name,
    int State,
    bool IsHidden,
    bool IsRemoved,
    int ChatInstance,
    ulong ChatGeneration,
    int UserId,
    int Channel,
    string Map,
    long EnteredAtNs,
    long TransferUntilNs,
    int Tier,
    string TracedKey)
{
    /// <summary>The most bytes of UTF-8 of a name or a key.</summary>
    public const int MaxNameBytes = 256;

    /// <summary>The most bytes of UTF-8 of a map's name.</summary>
    public const int MaxMapBytes = 256;


    private const int StateMask = 3;
    private const int HiddenMark = 4;
    private const int RemovedMark = 8;
    private const int AllMarks = StateMask | HiddenMark | RemovedMark;
    private const int MaxChannel = 256;
    private const int MaxInstance = 255;

    /// <summary>How many bytes it takes on the wire at most; exactly so many unless trailing fields are left out.</summary>
    public int CountBytes()
    {
        const int HeaderAndMarks = 2;
        int bytes = HeaderAndMarks + BytesOf(Name);
        return IsRemoved
            ? bytes
            : bytes + BytesOf((ulong)ChatInstance) + BytesOf(ChatGeneration) + BytesOf((ulong)UserId) + BytesOf((ulong)Channel) + BytesOf(Map)
                + BytesOf((ulong)EnteredAtNs) + BytesOf((ulong)TransferUntilNs) + BytesOf((ulong)Tier) + BytesOf(TracedKey);
    }

    internal void Write(ref MessagePackWriter writer)
    {
        int count = IsRemoved ? 2
            : TracedKey.Length > 0 ? 11
            : Tier != 0 ? 10
            : TransferUntilNs != 0 ? 9
            : 8;
        writer.WriteArrayHeader(count);
        writer.Write(Name);
        writer.Write(State | (IsHidden ? HiddenMark : 0) | (IsRemoved ? RemovedMark : 0));
        if (IsRemoved)
        {
            return;
        }

        writer.Write(ChatInstance);
        writer.Write(ChatGeneration);
        writer.Write(UserId);
        writer.Write(Channel);
        writer.Write(Map);
        writer.Write((ulong)EnteredAtNs);
        if (count > 8)
        {
            writer.Write((ulong)TransferUntilNs);
        }

        if (count > 9)
        {
            writer.Write(Tier);
        }

        if (count > 10)
        {
            writer.Write(TracedKey);
        }
    }

    internal static PresenceEntry Read(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count < 2)
        {
            throw new MessagePackSerializationException("A presence entry has at least a name and marks.");
        }

        string name = ReadText(ref reader, MaxNameBytes);
        int marks = ReadInt(ref reader, 0, AllMarks);
        bool isRemoved = (marks & RemovedMark) != 0;
        if (name.Length == 0 || (marks & StateMask) == 0 || (!isRemoved && count < 8))
        {
            throw new MessagePackSerializationException("A presence entry lacks what it must have.");
        }

        var entry = new PresenceEntry(
            name, marks & StateMask, (marks & HiddenMark) != 0, isRemoved, 0, 0, 0, 0, string.Empty, 0, 0, 0, string.Empty);
        int read = 2;
        if (!isRemoved)
        {
            entry = entry with
            {
                ChatInstance = ReadInt(ref reader, 0, MaxInstance),
                ChatGeneration = reader.ReadUInt64(),
                UserId = ReadInt(ref reader, 0, int.MaxValue),
                Channel = ReadInt(ref reader, 1, MaxChannel),
                Map = ReadText(ref reader, MaxMapBytes),
                EnteredAtNs = ReadTime(ref reader),
                TransferUntilNs = count > 8 ? ReadTime(ref reader) : 0,
                Tier = count > 9 ? ReadInt(ref reader, 0, int.MaxValue) : 0,
                TracedKey = count > 10 ? ReadText(ref reader, MaxNameBytes) : string.Empty,
            };
            read = Math.Min(count, 11);
        }

        for (; read < count; read++)
        {
            reader.Skip();
        }

        return entry;
    }

    private static int BytesOf(ulong number) => number switch
    {
        <= 127 => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        <= uint.MaxValue => 5,
        _ => 9,
    };

    private static int BytesOf(string text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        return bytes + (bytes switch
        {
            <= 31 => 1,
            <= byte.MaxValue => 2,
            _ => 3,
        });
    }

    private static int ReadInt(ref MessagePackReader reader, int min, int max)
    {
        int value = reader.ReadInt32();
        return value >= min && value <= max
            ? value
            : throw new MessagePackSerializationException($"A number from {min} to {max} was expected, {value} was found.");
    }

    private static long ReadTime(ref MessagePackReader reader)
    {
        ulong value = reader.ReadUInt64();
        return value <= long.MaxValue ? (long)value : throw new MessagePackSerializationException("A time is out of range.");
    }

    private static string ReadText(ref MessagePackReader reader, int maxBytes)
    {
        int before = reader.ConsumedBytes;
        string text = reader.ReadString() ?? string.Empty;
        return reader.ConsumedBytes - before <= maxBytes
            ? text
            : throw new MessagePackSerializationException($"A text of a presence entry is longer than {maxBytes} bytes.");
    }
}
