using System.Globalization;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Players;

namespace FanOut;

/// <summary>All players of the map, and who has heard what.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int ConnectedAtOnce = 16;

    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly List<CrowdPlayer> _players = [];
    private readonly string _line;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Said> _said = [];
    private int _number;
    private long _receipts;
    private int _hearers;

    private Crowd(string line) => _line = line;

    /// <summary>How often anybody has heard anything.</summary>
    public long Receipts => Interlocked.Read(ref _receipts);

    /// <summary>How many hear what one of them says.</summary>
    public int Hearers => _hearers;

    /// <summary>Lets all players in.</summary>
    public static async Task<Crowd> EnterAsync(Daemons daemons, FanOutOptions options)
    {
        var crowd = new Crowd(options.Line);
        for (int i = 0; i < options.Players; i++)
        {
            crowd._players.Add(new CrowdPlayer(string.Create(CultureInfo.InvariantCulture, $"용사{i}"), crowd.OnHeard));
        }

        foreach (CrowdPlayer[] some in crowd._players.Chunk(ConnectedAtOnce))
        {
            await Task.WhenAll(some.Select(player => player.EnterAsync(daemons.AddressOf(crowd._players.IndexOf(player)))));
        }

        await crowd.CountHearersAsync();
        return crowd;
    }

    /// <summary>Has one of them say something, and waits until everybody has heard it.</summary>
    public Task SayAsync()
    {
        Said said;
        int number;
        lock (_gate)
        {
            number = ++_number;
            said = new Said(_hearers);
            _said.Add(number, said);
        }

        return SayAndWaitAsync(number, said);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (CrowdPlayer player in _players)
        {
            await player.DisposeAsync();
        }
    }

    private async Task SayAndWaitAsync(int number, Said said)
    {
        CrowdPlayer speaker = _players[number % _players.Count];
        await speaker.SayAsync(string.Create(CultureInfo.InvariantCulture, $"{_line} {number}"));
        try
        {
            await said.HeardByAll.Task.WaitAsync(s_deadline);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException(
                $"Line {number} reached {said.Count} of {_hearers} players; {speaker.RefusedCount} lines were refused, the last with '{speaker.LastRefusal}'.");
        }
    }

    // Whether a speaker hears himself is the game's business.
    private async Task CountHearersAsync()
    {
        _number++;
        await _players[1 % _players.Count].SayAsync(string.Create(CultureInfo.InvariantCulture, $"{_line} {_number}"));
        long before;
        do
        {
            before = Receipts;
            await Task.Delay(s_quiet);
        }
        while (Receipts != before);
        _hearers = (int)before;
        if (_hearers < _players.Count - 1)
        {
            CrowdPlayer speaker = _players[1 % _players.Count];
            throw new InvalidOperationException($"Only {_hearers} of {_players.Count} players heard what was said: '{speaker.LastRefusal}'.");
        }
    }

    private void OnHeard(ServerEvent message)
    {
        if (message.Room != Rooms.Map)
        {
            return;
        }

        Interlocked.Increment(ref _receipts);
        string text = message.Arguments.Count > 0 ? message.Arguments[^1] : string.Empty;
        if (!int.TryParse(text.AsSpan(text.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return;
        }

        lock (_gate)
        {
            if (_said.TryGetValue(number, out Said? said) && ++said.Count == said.Expected)
            {
                _said.Remove(number);
                said.HeardByAll.SetResult();
            }
        }
    }

    private sealed class Said(int expected)
    {
        public int Expected { get; } = expected;

        public int Count { get; set; }

        public TaskCompletionSource HeardByAll { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
