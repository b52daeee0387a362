using System.Globalization;
using Shared.Protocol.Names;

namespace Simulation.Players;

/// <summary>A player: comes, asks for this and that, is cut off, comes again.</summary>
internal sealed class SimPlayer
{
    private readonly SimWorld _world;
    private readonly SimRandom _random;
    private readonly SimRandom _wires;

    public SimPlayer(SimWorld world, int number, int chatInstance, int channel, string name)
    {
        _world = world;
        _random = world.RandomFor(SimStream.Players, number + 1);
        _wires = world.RandomFor(SimStream.Connections, number + 1);
        ChatInstance = chatInstance;
        Channel = channel;
        if (!CharacterName.TryParse(name, out CharacterName parsed, out NameFault fault))
        {
            throw new ArgumentException($"'{name}' is no name: {fault}", nameof(name));
        }

        Name = parsed;
    }

    public CharacterName Name { get; }

    /// <summary>The chatD he comes to.</summary>
    public int ChatInstance { get; }

    /// <summary>The channel that he enters.</summary>
    public int Channel { get; }

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
        if (Link is null && _world.ChatOf(ChatInstance) is { IsServing: true } chat)
        {
            PlayerLink link = _world.Settings.HasConnections ? new ClientLink(chat, this, _wires) : new GatewayLink(chat, this);
            link.LogIn();
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
            case < 87 when _world.Settings is { Channels: > 1, HasConnections: true } && _random.Chance(80):
                // Answered when he is there, and so behind what he asks next: only where lines have their answers in order.
                Link.Ask("/채널", hasSecret: false, (1 + _random.Below(_world.Settings.Channels)).ToString(CultureInfo.InvariantCulture));
                break;
            case < 87:
                // Without a session the answer says nothing of where to.
                Link.Ask("/이동", hasSecret: !_world.Settings.IsForC, "헤네시스");
                break;
            case < 93:
                Link.Ask("/캐시샵", hasSecret: false, _random.Chance(30) ? "들어가기" : "나가기");
                break;
            case < 95:
                if (Link.IsIn)
                {
                    Link.Leave();
                }

                break;
            case < 98:
                Link.Suffer();
                break;
        }
    }
}
