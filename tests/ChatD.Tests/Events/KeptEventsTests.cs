using ChatD.Events;
using Shared.Protocol.Messages.Events;

namespace ChatD.Tests.Events;

public sealed class KeptEventsTests
{
    private readonly KeptEvents _kept = new();

    [Fact]
    public void Add_NoisyRoom_DoesNotPushOutTheOthers()
    {
        Add(1, Rooms.Whisper);
        for (ulong number = 2; number <= 1000; number++)
        {
            Add(number, Rooms.Map);
        }

        Add(1001, Rooms.Party);
        KeptEvent[] kept = _kept.ToArray();
        Assert.Equal(KeptEvents.MaxPerRoom + 2, kept.Length);
        Assert.Equal(kept.Select(one => one.Number).Order(), kept.Select(one => one.Number));
        Assert.Equal((1UL, Rooms.Whisper), (kept[0].Number, kept[0].Event.Room));
        Assert.Equal(1000UL - KeptEvents.MaxPerRoom, _kept.LastLostNumber);
    }

    [Fact]
    public void RemoveOld_DropsWhatIsOlderThanTheLimit()
    {
        Add(1, Rooms.Map, takenAtNs: 0);
        Add(2, Rooms.Whisper, takenAtNs: 5);
        Add(3, Rooms.Map, takenAtNs: 10);
        _kept.RemoveOld(KeptEvents.MaxAgeNs);
        Assert.Equal((3, 0UL), (_kept.Count, _kept.LastLostNumber));
        _kept.RemoveOld(KeptEvents.MaxAgeNs + 6);
        Assert.Equal((1, 2UL), (_kept.Count, _kept.LastLostNumber));
    }

    [Fact]
    public void Confirm_ForgetsThoseWithoutCallingThemLost()
    {
        Add(1, Rooms.Map);
        Add(2, Rooms.Whisper);
        Add(3, Rooms.Map);
        _kept.Confirm(2);
        Assert.Equal([3UL], _kept.ToArray().Select(one => one.Number));
        Assert.Equal((1, 0UL), (_kept.Count, _kept.LastLostNumber));
    }

    [Fact]
    public void Add_MoreRoomsThanThereAre_StaysBounded()
    {
        for (ulong number = 1; number <= 100_000; number++)
        {
            Add(number, $"room {number % 1000}");
        }

        Assert.InRange(_kept.Count, KeptEvents.MaxPerRoom, 16 * KeptEvents.MaxPerRoom);
        Assert.Equal(_kept.Count, _kept.ToArray().Length);
    }

    private void Add(ulong number, string room, long takenAtNs = 0) =>
        _kept.Add(new KeptEvent(number, TestEvents.Said("x", room, takenAtNs)));
}
