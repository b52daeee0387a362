using System.Globalization;
using ChatD.Connections;
using ChatD.Events;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Time;

namespace ChatD.Tests.Events;

/// <summary>Connections lost, resumed and taken over at random while events come: each number once, or its loss is told.</summary>
public sealed class SessionEventsPropertyTests
{
    private static readonly string[] s_rooms = [Rooms.Map, Rooms.Whisper, Rooms.World];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(0)]
    public void Client_WhateverHappens_HasEachEventOnceInOrderOrIsToldOfTheLoss(int fixedSeed)
    {
        int seed = fixedSeed == 0 ? Random.Shared.Next() : fixedSeed;
        for (int round = 0; round < 150; round++)
        {
            Play(new Random(unchecked((seed * 397) + round)), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Client_EventsFromAnotherThreadWhileItComesAndGoes_HasEachOnceInOrder()
    {
        const int Count = 20_000;
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        var events = new SessionEvents(Language.Korean, isResumable: true, new MonotonicClock(TimeProvider.System));
        var lines = new LineQueue(8, 1 << 20, events);
        var client = new Client($"seed {seed}");
        var giving = new Thread(() =>
        {
            for (int i = 1; i <= Count; i++)
            {
                // Never more in flight than are kept.
                while (i - (int)Volatile.Read(ref client.LastNumber) > KeptEvents.MaxPerRoom)
                {
                    Thread.Yield();
                }

                _ = events.TryGive(TestEvents.Said(i.ToString(CultureInfo.InvariantCulture), Rooms.Map, TimeProvider.System.GetTimestamp()));
            }
        });
        giving.Start();
        while (client.LastNumber < Count)
        {
            var link = new EventLink();
            lines.Attach(link.Outgoing, default, 0, client.LastNumber);
            lines.Send();
            int reads = random.Next(1, 30);
            for (int i = 0; i < reads; i++)
            {
                client.Read(link, int.MaxValue);
            }

            if (random.Next(2) == 0)
            {
                events.Close(link.Outgoing);
                lines.Detach(link.Outgoing);
            }
        }

        giving.Join();
        Assert.Empty(client.Told);
        Assert.Equal((ulong)Count, client.LastNumber);
    }

    private static void Play(Random random, string what)
    {
        var time = new ManualTime();
        var events = new SessionEvents(Language.Korean, isResumable: true, new MonotonicClock(time));
        var lines = new LineQueue(8, 1 << 20, events);
        var client = new Client(what);
        EventLink? link = null;
        int given = 0;
        for (int step = 0; step < 60; step++)
        {
            switch (random.Next(6))
            {
                case 0 when link is not null:
                    // The connection is lost; what was on its way is, or part of it.
                    client.Read(link, random.Next(30));
                    lines.Detach(link.Outgoing);
                    events.Close(link.Outgoing);
                    link = null;
                    break;
                case 1:
                    // Resumed, or taken over.
                    if (link is not null)
                    {
                        client.Read(link, random.Next(30));
                    }

                    link = new EventLink();
                    lines.Attach(link.Outgoing, default, 0, client.LastNumber);
                    lines.Send();
                    break;
                case 2:
                    time.Advance(TimeSpan.FromMinutes(random.Next(1, 10)));
                    break;
                case 3 when link is not null:
                    client.Read(link, int.MaxValue);
                    events.Confirm(client.LastNumber);
                    break;
                default:
                    int count = random.Next(1, 120);
                    for (int i = 0; i < count; i++)
                    {
                        string room = s_rooms[random.Next(s_rooms.Length)];
                        Assert.True(events.TryGive(TestEvents.Said((++given).ToString(CultureInfo.InvariantCulture), room, time.NowNs)));
                    }

                    break;
            }
        }

        link = new EventLink();
        lines.Attach(link.Outgoing, default, 0, client.LastNumber);
        lines.Send();
        client.Read(link, int.MaxValue);
        for (ulong number = 1; number <= (ulong)given; number++)
        {
            Assert.True(client.Seen.Contains(number) || client.Told.Any(told => told.From < number && number <= told.To), $"{what}: {number} is neither here nor told of");
        }
    }

    /// <summary>What a client has to do, in few words.</summary>
    private sealed class Client(string what)
    {
        public ulong LastNumber;

        private ServerLoggedIn? _greeting;

        public HashSet<ulong> Seen { get; } = [];

        /// <summary>What it was told is lost.</summary>
        public List<(ulong From, ulong To)> Told { get; } = [];

        public void Read(EventLink link, int atMost)
        {
            List<ServerEvent> came = link.Take();
            if (link.Greeting is { } greeting && !greeting.Equals(_greeting))
            {
                _greeting = greeting;
                if (greeting.LastLostEventNumber > LastNumber)
                {
                    Told.Add((LastNumber, greeting.LastLostEventNumber));
                }
            }

            foreach (ServerEvent one in came.Take(atMost))
            {
                Assert.True(one.Number > LastNumber, $"{what}: {one.Number} came after {LastNumber}");
                Assert.True(one.Arguments[1] == one.Number.ToString(CultureInfo.InvariantCulture), $"{what}: {one.Number} is event {one.Arguments[1]}");
                Assert.True(
                    one.Number == LastNumber + 1 || Told.Any(told => told.From <= LastNumber && one.Number - 1 <= told.To),
                    $"{what}: {one.Number} came after {LastNumber}, and nobody told of a loss");
                Assert.True(Seen.Add(one.Number), $"{what}: {one.Number} came twice");
                Volatile.Write(ref LastNumber, one.Number);
            }
        }
    }
}
