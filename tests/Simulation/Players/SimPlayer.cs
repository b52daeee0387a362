using Shared.Protocol.Names;

namespace Simulation.Players;

/// <summary>A player: comes, asks for this and that, is cut off, comes again.</summary>
internal sealed class SimPlayer
{
    private readonly SimWorld _world;
    private readonly SimRandom _random;
    private readonly int _chatInstance;

    public SimPlayer(SimWorld world, int number, int chatInstance, string name)
    {
        _world = world;
        _random = world.RandomFor(SimStream.Players, number + 1);
        _chatInstance = chatInstance;
        if (!CharacterName.TryParse(name, out CharacterName parsed, out NameFault fault))
        {
            throw new ArgumentException($"'{name}' is no name: {fault}", nameof(name));
        }

        Name = parsed;
    }

    public CharacterName Name { get; }

    /// <summary>Its connection, from the beginning of its log-in to the end of its log-out; null for none.</summary>
    public PlayerLink? Link { get; set; }

    public void Begin() => _world.Scheduler.After(_random.Between(0, 50 * SimScheduler.NsPerMs), Act);

    public void Forget(PlayerLink link)
    {
        if (Link == link)
        {
            Link = null;
        }
    }

    /// <summary>Logs in unless there.</summary>
    public void ComeIn()
    {
        if (Link is null && _world.ChatOf(_chatInstance) is { IsServing: true } chat)
        {
            new PlayerLink(_world, chat, this).LogIn();
        }
    }

    /// <summary>Asks for somebody who is not there.</summary>
    public void Find() => Link?.Ask("/찾기", hasSecret: true);

    /// <inheritdoc/>
    public override string ToString() => $"player {Name.Display}";

    private void Act()
    {
        if (_world.IsCalm)
        {
            return;
        }

        _world.Scheduler.After(1 + _random.Between(0, 2 * _world.Settings.ThinkNs), Act);
        if (Link is null)
        {
            ComeIn();
            return;
        }

        switch (_random.Below(100))
        {
            case < 60:
                Find();
                break;
            case < 75:
                for (int i = _random.Below(12); i >= 0; i--)
                {
                    Find();
                }

                break;
            case < 87:
                Link.Ask("/이동", hasSecret: true);
                break;
            case < 93:
                Link.Ask("/캐시샵", hasSecret: false, _random.Chance(30) ? "들어가기" : "나가기");
                break;
            case < 97:
                if (Link.IsIn)
                {
                    Link.Leave();
                }

                break;
        }
    }
}
