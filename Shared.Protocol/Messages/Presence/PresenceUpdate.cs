using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Presence;

/// <summary>A channelD tells another one which characters it has. Goes to the control mailbox; the sender's generation is the envelope's.</summary>
/// <param name="ChannelId">The sender's channel, from 1.</param>
/// <param name="StartedAtNs">When the sender started, in nanoseconds of <c>CLOCK_MONOTONIC</c>: of two generations of a channel the later one counts.</param>
/// <param name="Number">The frame's number in the stream from this run of the sender to this receiver: each is one more than the one before.</param>
/// <param name="Flags">What the frame is.</param>
/// <param name="SentAtNs">When it was sent, in the same time: what is read late is not taken for new.</param>
/// <param name="Entries">The characters, as they are now.</param>
public readonly record struct PresenceUpdate(
    int ChannelId, long StartedAtNs, ulong Number, PresenceFlags Flags, long SentAtNs, IReadOnlyList<PresenceEntry> Entries) : IWireMessage<PresenceUpdate>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.PresenceUpdate;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(7);
        writer.Write(TypeNumber);
        writer.Write(ChannelId);
        writer.Write((ulong)StartedAtNs);
        writer.Write(Number);
        writer.Write((int)Flags);
        writer.Write((ulong)SentAtNs);
        writer.WriteArrayHeader(Entries.Count);
        for (int i = 0; i < Entries.Count; i++)
        {
            Entries[i].Write(ref writer);
        }
    }

    /// <inheritdoc/>
    public static PresenceUpdate Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        int channelId = fields.NextInt32(ref reader);
        ulong startedAtNs = fields.NextUInt64(ref reader);
        ulong number = fields.NextUInt64(ref reader);
        var flags = (PresenceFlags)fields.NextInt32(ref reader);
        ulong sentAtNs = fields.NextUInt64(ref reader);
        PresenceEntry[] entries = fields.Next() ? ReadEntries(ref reader) : [];
        fields.End(ref reader);
        return startedAtNs <= long.MaxValue && sentAtNs <= long.MaxValue
            ? new PresenceUpdate(channelId, (long)startedAtNs, number, flags, (long)sentAtNs, entries)
            : throw new MessagePackSerializationException("A time is out of range.");
    }

    private static PresenceEntry[] ReadEntries(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        PresenceEntry[] entries = MessagePackLists.Begin<PresenceEntry>(count);
        for (int i = 0; i < count; i++)
        {
            MessagePackLists.Grow(ref entries, i, count);
            entries[i] = PresenceEntry.Read(ref reader);
        }

        return entries;
    }
}
