using ChannelD.Directory;
using ChannelD.Tests.Support;
using Shared.Protocol.Names;
using Xunit.Abstractions;
using static ChannelD.Tests.Support.TestNames;

namespace ChannelD.Tests.Directory;

/// <summary>Random histories on the directory and on a model that has no index at all: a list, searched from end to end.</summary>
public class DirectoryModelTests(ITestOutputHelper output)
{
    private const int Histories = 20;
    private const int Steps = 1000;
    private const int MaxCharacters = 12;

    private static readonly CharacterName[] s_names = [.. "a b C d É f 가 나 다 닭 라 마 바 사 아 자".Split(' ').Select(Name)];
    private static readonly MapName[] s_maps = [.. "헤네시스 페리온 엘리니아".Split(' ').Select(Map)];

    private sealed class Modelled
    {
        public required CharacterName Name { get; init; }
        public required SessionId Session { get; init; }
        public required int Channel { get; init; }
        public required MapName Map { get; set; }
        public bool InShop { get; set; }
        public long LoadedAtMs { get; set; }
        public long EnteredAtMs { get; init; }
    }

    [Fact]
    public void RandomHistories_AgreeWithTheModel()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        for (int history = 0; history < Histories; history++)
        {
            new History(new Random(seed + history)).Run();
        }
    }

    private sealed class History(Random random)
    {
        private readonly ManualTime _time = new();
        private readonly List<Modelled> _model = [];
        private CharacterDirectory _directory = null!;
        private long _nowMs;

        public void Run()
        {
            _directory = new CharacterDirectory(_time, MaxCharacters);
            for (int step = 0; step < Steps; step++)
            {
                Step();
                Compare();
            }
        }

        private void Step()
        {
            SessionId session = new(random.Next(2), (ulong)random.Next(2), random.Next(8));
            Modelled? mine = _model.Find(character => character.Session == session);
            MapName map = s_maps[random.Next(s_maps.Length)];
            switch (random.Next(12))
            {
                case < 5:
                    Enter(session, mine, s_names[random.Next(s_names.Length)], 1 + random.Next(2), map);
                    break;
                case 5:
                    Assert.Equal(mine is not null, _directory.Leave(session));
                    _model.RemoveAll(character => character == mine);
                    break;
                case 6 when random.Next(8) == 0:
                    bool IsEarlier(Modelled character) =>
                        character.Session.ChatInstance == session.ChatInstance && character.Session.Generation != session.Generation;
                    Assert.Equal(_model.Count(IsEarlier), _directory.EndSessionsOf(session.ChatInstance, session.Generation));
                    _model.RemoveAll(IsEarlier);
                    break;
                case 6 or 7:
                    Move(session, mine, map, loadMs: random.Next(3) * 50);
                    break;
                case 8:
                    EnterShop(session, mine);
                    break;
                case 9 or 10:
                    Assert.Equal(
                        mine is null ? MoveStatus.NoSession : mine.InShop ? MoveStatus.Done : MoveStatus.AlreadyThere,
                        _directory.LeaveCashShop(session));
                    mine?.InShop = false;
                    break;
                default:
                    int stepMs = random.Next(80);
                    _time.Advance(TimeSpan.FromMilliseconds(stepMs));
                    _nowMs += stepMs;
                    break;
            }
        }

        private void Enter(SessionId session, Modelled? mine, CharacterName name, int channel, MapName map)
        {
            EnterStatus expected = mine is not null
                ? (mine.Name == name ? EnterStatus.WasThere : EnterStatus.PlaysAnother)
                : _model.Exists(character => character.Name == name) ? EnterStatus.NameTaken
                : _model.Count >= MaxCharacters ? EnterStatus.Full
                : EnterStatus.Entered;
            Assert.Equal(expected, _directory.Enter(session, name, channel, map, out _));
            if (expected == EnterStatus.Entered)
            {
                _model.Add(new Modelled { Name = name, Session = session, Channel = channel, Map = map, EnteredAtMs = _nowMs });
            }
        }

        private void Move(SessionId session, Modelled? mine, MapName map, int loadMs)
        {
            MoveStatus expected = mine is null ? MoveStatus.NoSession
                : mine.InShop ? MoveStatus.InCashShop
                : _nowMs < mine.LoadedAtMs ? MoveStatus.InTransfer
                : mine.Map == map ? MoveStatus.AlreadyThere
                : loadMs > 0 ? MoveStatus.Started
                : MoveStatus.Done;
            Assert.Equal(expected, _directory.Move(session, map, TimeSpan.FromMilliseconds(loadMs), out _));
            if (expected is MoveStatus.Started or MoveStatus.Done)
            {
                mine!.Map = map;
                mine.LoadedAtMs = _nowMs + loadMs;
            }
        }

        private void EnterShop(SessionId session, Modelled? mine)
        {
            MoveStatus expected = mine is null ? MoveStatus.NoSession
                : mine.InShop ? MoveStatus.AlreadyThere
                : _nowMs < mine.LoadedAtMs ? MoveStatus.InTransfer
                : MoveStatus.Done;
            Assert.Equal(expected, _directory.EnterCashShop(session));
            if (expected == MoveStatus.Done)
            {
                mine!.InShop = true;
            }
        }

        private void Compare()
        {
            foreach (CharacterName name in s_names)
            {
                Modelled? expected = _model.Find(character => character.Name == name);
                Assert.Equal(expected is not null, _directory.TryFind(name.Key, out Character found));
                if (expected is not null)
                {
                    Assert.Equal(Snapshot(expected), found);
                    Assert.True(_directory.TryGetPlayed(expected.Session, out Character played));
                    Assert.Equal(found, played);
                }
            }

            int rooms = 0;
            for (int channel = 1; channel <= 2; channel++)
            {
                foreach (MapName map in s_maps)
                {
                    string[] expected = [.. _model
                        .Where(character => character.Channel == channel && character.Map == map && !character.InShop)
                        .OrderBy(character => character.Name.Key, StringComparer.Ordinal)
                        .Select(character => character.Name.Display)];
                    RoomList room = _directory.List(channel, map, limit: 3);
                    Assert.Equal(expected.Length, room.Total);
                    Assert.Equal(expected.Take(3), room.Names);
                    rooms += expected.Length > 0 ? 1 : 0;
                }
            }

            Assert.Equal((_model.Count, _model.Count, rooms), _directory.IndexCounts);
        }

        private Character Snapshot(Modelled character) => new(
            character.Name,
            character.Session,
            character.Channel,
            character.Map,
            character.InShop ? CharacterState.CashShop
            : _nowMs < character.LoadedAtMs ? CharacterState.InTransfer
            : CharacterState.InMap,
            EnteredAtNs: NsAt(character.EnteredAtMs),
            TransferUntilNs: !character.InShop && _nowMs < character.LoadedAtMs ? NsAt(character.LoadedAtMs) : 0);

        // The test's clock begins at its first tick, 100 ns.
        private static long NsAt(long ms) => 100 + (ms * 1_000_000);
    }
}
