using Shared.Protocol.Messages.Presence;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Wire;

public class PresenceEntryTests
{
    private static readonly PresenceEntry s_entry = new(
        "전사", 1, IsHidden: false, IsRemoved: false, 3, 0x0123456789abcdef, 70_000, 20, "헤네시스", long.MaxValue, 0, 0, string.Empty);

    public static TheoryData<string> Refused => new()
    {
        // Not an array of two at least; no name; no state; marks that nobody knows; too few fields for one that is there.
        "a161",
        "91a161",
        "92a001",
        "92c001",
        "92a16100",
        "92a16104",
        "92a16110",
        "92a161ff",
        "92a16101",
        "97a1610100000101a16d",

        // chatD 256, a negative user, channel 0 and 257, times below 0 and above 2^63-1, tier -1.
        "98a16101cd0100010101a16d01",
        "98a161010001ff01a16d01",
        "98a1610100010100a16d01",
        "98a16101000101cd0101a16d01",
        "98a1610100010101a16dff",
        "98a1610100010101a16dcfffffffffffffffff",
        "9aa1610100010101a16d0100ff",
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_OutOfBounds_IsRefused(string entry) =>
        Assert.Throws<MessagePackSerializationException>(() => Read(Convert.FromHexString("97240101010001" + "91" + entry)));

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void Read_LongTexts_AreRefused(int bytes, bool isAllowed)
    {
        foreach (PresenceEntry entry in new[]
        {
            s_entry with { Name = new string('a', bytes) },
            s_entry with { Map = new string('a', bytes) },
            s_entry with { Tier = 1, TracedKey = new string('a', bytes) },
        })
        {
            byte[] message = Write(entry);
            if (isAllowed)
            {
                Assert.Equal(entry, Assert.Single(Read(message).Entries));
            }
            else
            {
                Assert.Throws<MessagePackSerializationException>(() => Read(message));
            }
        }
    }

    [Fact]
    public void Read_CountBeyondTheBytes_IsRefusedBeforeAnythingIsMade() =>
        Assert.Throws<MessagePackSerializationException>(() => Read(Convert.FromHexString("97240101010001ddffffffff")));

    [Fact]
    public void Read_EntryOfALaterVersion_SkipsWhatItDoesNotKnow()
    {
        byte[] later = Convert.FromHexString("97240101010001" + "93" + "9ca1610100010101a16d010000a0c0" + "93a16109c3" + "92a1620a");
        IReadOnlyList<PresenceEntry> entries = Read(later).Entries;
        Assert.Equal(["a", "a", "b"], entries.Select(entry => entry.Name));
        Assert.Equal([false, true, true], entries.Select(entry => entry.IsRemoved));
        Assert.Equal(2, entries[2].State);
    }

    [Fact]
    public void CountBytes_AllFields_IsWhatIsWritten()
    {
        int empty = Write().Length;
        PresenceEntry[] entries =
        [
            s_entry with { TransferUntilNs = 200, Tier = 70_000, TracedKey = "가" },
            s_entry with { Name = new string('a', 40), UserId = 200, EnteredAtNs = 5, TransferUntilNs = 1L << 40, Tier = 300, TracedKey = new string('b', 32) },
            s_entry with { Name = "a", ChatGeneration = 1, Map = new string('m', 31), TransferUntilNs = 1, Tier = 1, TracedKey = "k" },
            new("라", 3, false, true, 0, 0, 0, 0, string.Empty, 0, 0, 0, string.Empty),
        ];
        Assert.All(entries, entry => Assert.Equal(Write(entry).Length - empty, entry.CountBytes()));
        Assert.InRange(Write(s_entry).Length - empty, 1, s_entry.CountBytes());
    }

    private static byte[] Write(params PresenceEntry[] entries)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        new PresenceUpdate(1, 1, 1, PresenceFlags.None, 1, entries).Write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static PresenceUpdate Read(byte[] message)
    {
        var reader = new MessagePackReader(message);
        return PresenceUpdate.Read(ref reader);
    }
}
