using ChannelD.Directory;
using ChannelD.Presence;
using ChannelD.Tests.Support;
using Shared.Protocol.Names;
using Shared.Protocol.Peers;
using ManualTime = Testing.Support.Time.ManualTime;

namespace ChannelD.Tests.Presence;

/// <summary>
/// Several channelDs whose players come, go, move, hide and change channels while the channelDs start, stop, die and stand still and the network
/// loses, doubles and delays. Everything depends on the seed alone.
/// </summary>
internal sealed class SimWorld(int seed) : IDisposable
{
    private const int Channels = 4;
    private const int MaxPauseMs = 9_000;
    private static readonly string[] s_names = [.. "가 나 다 라 마 바 사 아 자 차 Ae be CE d".Split(' ')];

    // Those who are on one channel only, so many that a snapshot takes several frames.
    private const int Residents = 60;
    private static readonly MapName[] s_maps = [.. "헤네시스 페리온 엘리니아".Split(' ').Select(TestNames.Map)];
    private static readonly PeerOptions s_options = new() { HeartbeatMs = 500, LeaseMs = 3000 };

    private readonly Random _random = new(seed);
    private readonly ManualTime _time = new();
    private readonly SimChannel?[] _channels = new SimChannel?[Channels];

    // Who died, and when: nobody else may take them for living for longer than a lease.
    private readonly Dictionary<ulong, long> _deaths = [];

    // In which order the runs began, and the latest that each one has heard of: it never goes back.
    private readonly Dictionary<ulong, int> _order = [];
    private readonly Dictionary<(ulong Hearer, int Instance), int> _heard = [];
    private readonly List<SimChannel> _all = [];
    private SimNet _net = null!;
    private int _started;
    private int _users;

    public int Transfers { get; private set; }

    public int Conflicts { get; private set; }

    public int Ghosts { get; private set; }

    public void Run(int steps)
    {
        _net = new SimNet(_time, _random);
        for (int instance = 0; instance < Channels; instance++)
        {
            StartOne(instance);
        }

        for (int step = 0; step < steps; step++)
        {
            if (step % 50 == 0)
            {
                bool isCalm = _random.Next(3) == 0;
                _net.LossPercent = isCalm ? 0 : _random.Next(30);
                _net.DoublePercent = isCalm ? 0 : _random.Next(30);
                _net.MaxDelayMs = isCalm ? 0 : _random.Next(60);
            }

            Step();
            _time.Advance(TimeSpan.FromMilliseconds(_random.Next(120)));
            AssertNoGhosts();
        }

        Quiet();
        AssertAllSeeTheTruth();
    }

    public void Dispose() => _all.ForEach(channel => channel.Dispose());

    private void Step()
    {
        int instance = _random.Next(Channels);
        SimChannel? channel = _channels[instance];
        switch (_random.Next(100))
        {
            case < 3 when channel is { IsThere: true }:
                Die(channel);
                break;
            case < 5 when channel is { IsRunning: true }:
                channel.Stop();
                _deaths[channel.Generation] = _time.NowNs;
                break;
            case < 8 when channel is { IsRunning: true }:
                channel.Pause();
                After(_random.Next(MaxPauseMs), () => Resume(channel));
                break;
            case < 14:
                if (channel is { IsThere: false })
                {
                    StartOne(instance);
                }

                break;
            case < 18:
                _net.Replay();
                break;
            default:
                if (channel is { IsRunning: true })
                {
                    Play(channel);
                }

                break;
        }
    }

    private void Play(SimChannel channel)
    {
        string name = _random.Next(3) == 0
            ? Resident(channel.Instance, _random.Next(Residents))
            : s_names[_random.Next(s_names.Length)];
        MapName map = s_maps[_random.Next(s_maps.Length)];
        CharacterName parsed = TestNames.Name(name);
        if (!channel.Own.TryFind(parsed.Key, out Character mine))
        {
            var session = new SessionId(_random.Next(3), Generation: 77, ++_users);
            _ = channel.Own.Enter(session, parsed, channel.Instance + 1, map, _random.Next(2), out _);
            return;
        }

        switch (_random.Next(9))
        {
            case 0 or 1:
                channel.Own.Leave(mine.Session);
                break;
            case 2:
                channel.Own.Move(mine.Session, map, TimeSpan.FromMilliseconds(_random.Next(3) * 400), out _);
                break;
            case 3:
                channel.Own.EnterCashShop(mine.Session);
                break;
            case 4:
                channel.Own.LeaveCashShop(mine.Session);
                break;
            case 5:
                channel.Own.Hide(mine.Session, _random.Next(2) == 0);
                break;
            case 6:
                channel.Own.Trace(mine.Session, _random.Next(2) == 0 ? "가" : null);
                break;
            case 7 when _random.Next(20) == 0:
                channel.Own.EndSessionsOf(mine.Session.ChatInstance, exceptGeneration: 0);
                break;
            default:
                Transfer(channel, mine);
                break;
        }
    }

    /// <summary>As a chatD does it: in at the new one, then out at the old one; and back to the old one where that fails. Log-outs get lost.</summary>
    private void Transfer(SimChannel from, Character character)
    {
        int to = _random.Next(Channels);
        if (to == from.Instance || from.Own.BeginTransfer(character.Session, to + 1) != MoveStatus.Started)
        {
            return;
        }

        Transfers++;
        After(_random.Next(300), () =>
        {
            bool isIn = _channels[to] is { IsRunning: true } target
                && target.Own.Enter(character.Session, character.Name, to + 1, character.Map, character.Tier, out _) == EnterStatus.Entered;
            After(_random.Next(300), () =>
            {
                if (isIn && from.IsRunning && _random.Next(5) != 0)
                {
                    from.Own.Leave(character.Session);
                }
                else if (!isIn && from.IsRunning)
                {
                    _ = from.Own.Enter(character.Session, character.Name, from.Instance + 1, character.Map, character.Tier, out _);
                }
            });
        });
    }

    private void StartOne(int instance)
    {
        _time.Advance(TimeSpan.FromTicks(1));
        var channel = new SimChannel(_net, _time, instance, ++_started, (ulong)_random.NextInt64(1, long.MaxValue), s_options);
        _all.Add(channel);
        _channels[instance] = channel;
        _order[channel.Generation] = _started;
        channel.Start();
        for (int number = 0; number < Residents; number++)
        {
            var session = new SessionId(_random.Next(3), Generation: 77, ++_users);
            _ = channel.Own.Enter(session, TestNames.Name(Resident(instance, number)), instance + 1, s_maps[0], out _);
        }
    }

    private static string Resident(int instance, int number) => $"주민{instance}x{number}";

    private void Die(SimChannel channel)
    {
        channel.Kill();
        _deaths[channel.Generation] = _time.NowNs;
    }

    private static void Resume(SimChannel channel)
    {
        if (channel is { IsThere: true, IsRunning: false })
        {
            channel.Resume();
        }
    }

    private void After(int delayMs, Action action)
    {
        ITimer? timer = null;
        timer = _time.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                action();
            },
            null,
            TimeSpan.FromMilliseconds(delayMs + 1),
            Timeout.InfiniteTimeSpan);
    }

    private IEnumerable<SimChannel> Running => _channels.OfType<SimChannel>().Where(channel => channel.IsRunning);

    /// <summary>Whom a dead channelD had is nowhere after a lease, but for the heartbeats until the next look; whoever stood still looks when it goes on.</summary>
    private void AssertNoGhosts()
    {
        const long NsPerMs = 1_000_000;
        long leaseNs = s_options.LeaseMs * NsPerMs;
        long lookNs = ((2 * s_options.HeartbeatMs) + 1) * NsPerMs;
        foreach (SimChannel channel in Running)
        {
            for (int instance = 0; instance < Channels; instance++)
            {
                AssertNoReturn(channel, instance);
                if (channel.Replicas.OwnerOf(instance) is { IsLive: true } owner && _deaths.TryGetValue(owner.Generation, out long diedNs))
                {
                    Ghosts++;
                    Assert.True(
                        _time.NowNs <= Math.Max(diedNs + leaseNs, channel.RunsSinceNs) + lookNs,
                        $"channelD {channel.Instance + 1} takes {instance + 1} for living {(_time.NowNs - diedNs) / 1_000_000} ms after its death.");
                }
            }
        }
    }

    /// <summary>A run that another has followed is never heard of again.</summary>
    private void AssertNoReturn(SimChannel channel, int instance)
    {
        if (channel.Replicas.OwnerOf(instance) is { } owner)
        {
            int order = _order[owner.Generation];
            Assert.True(order >= _heard.GetValueOrDefault((channel.Generation, instance)), $"An earlier run of channelD {instance + 1} counts again.");
            _heard[(channel.Generation, instance)] = order;
        }
    }

    private void Quiet()
    {
        _net.LossPercent = 0;
        _net.DoublePercent = 0;
        _net.MaxDelayMs = 0;
        foreach (SimChannel channel in _channels.OfType<SimChannel>())
        {
            Resume(channel);
        }

        // Transfers that are under way end; then a lease, and the four heartbeats after which an unanswered frame is repeated at the latest.
        _time.Advance(TimeSpan.FromMilliseconds(700 + s_options.LeaseMs + (5 * s_options.HeartbeatMs)));
        Conflicts = _channels.OfType<SimChannel>().Sum(channel => channel.Events.Ended.Count);
    }

    private void AssertAllSeeTheTruth()
    {
        SimChannel[] running = [.. Running];
        IEnumerable<string> residents = Enumerable.Range(0, Channels * Residents).Select(number => Resident(number % Channels, number / Channels));
        foreach (string name in s_names.Concat(residents))
        {
            string key = TestNames.Name(name).Key;
            Character[] truth = [.. running.Where(channel => channel.Own.TryFind(key, out _)).Select(channel => Own(channel, key))];
            Assert.True(truth.Length <= 1, $"{name} is on {truth.Length} channels: {string.Join("; ", truth)}");
            foreach (SimChannel channel in running)
            {
                bool isFound = channel.World.TryFind(key, out Sighting sighting);
                Assert.True(isFound == truth.Length > 0, $"channelD {channel.Instance + 1} finds {name}: {isFound} {sighting}");
                if (isFound)
                {
                    // Where it goes to is its own channelD's business.
                    Assert.Equal(truth[0] with { IsLeaving = sighting.Character.IsLeaving }, sighting.Character);
                }

                bool isSeen = truth.Length > 0 && !truth[0].IsHidden;
                Assert.True(
                    isSeen == (channel.Seen.IsThere(key) ?? isSeen),
                    $"channelD {channel.Instance + 1} has told of {name} the opposite of {isSeen}.");
            }
        }

        foreach (SimChannel channel in running)
        {
            var watchers = new List<Character>();
            channel.World.CollectWatchers("가", watchers);
            Character[] expected = [.. running.SelectMany(All).Where(character => character.TracedKey == "가")];
            Assert.Equal(
                expected.Select(watcher => watcher.Name.Key).Order(StringComparer.Ordinal),
                watchers.Select(watcher => watcher.Name.Key).Order(StringComparer.Ordinal));
            Assert.Equal(running.Select(other => other.Instance + 1).Order(), channel.World.Channels);
        }
    }

    private static Character Own(SimChannel channel, string key) => channel.Own.TryFind(key, out Character character) ? character : default;

    private static List<Character> All(SimChannel channel)
    {
        var characters = new List<Character>();
        int cursor = 0;
        while (channel.Own.CopyNext(ref cursor, 100, characters))
        {
        }

        return characters;
    }
}
