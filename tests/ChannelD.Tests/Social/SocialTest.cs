using System.Security.Cryptography;
using System.Text;
using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Presence;
using ChannelD.State;
using ChannelD.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Social;

/// <summary>A channel with players and a game master, and a store whose data another channel can share.</summary>
public abstract class SocialTest : IDisposable
{
    private const string Key = "k";

    private readonly List<TestChannel> _channels = [];
    private int _taken;

    private protected SocialTest() => Channel = MakeChannel();

    private protected ControlledStore Store { get; } = new();

    private protected TestChannel Channel { get; }

    public void Dispose()
    {
        _channels.ForEach(channel => channel.Dispose());
        Store.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another channelD of the same world. It knows nothing of the characters here.</summary>
    private protected TestChannel MakeChannel()
    {
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
        var channel = new TestChannel(
            options => options.GameMasters = [$"운영자:2:{hash}", $"부운영자:1:{hash}"],
            services => services.AddSingleton<IStateStore>(_ => new ControlledStore(Store)));
        _channels.Add(channel);
        return channel;
    }

    private protected SessionId LogInMaster(int userId, string name)
    {
        Assert.Equal(ResultStatus.Ok, Channel.LogIn(TestChannel.Session(userId), new LogInRequest(name, 1, "m", Key)).Status);
        return TestChannel.Session(userId);
    }

    private protected void Arrive(string key)
    {
        Assert.True(Channel.Directory.TryFind(key, out Character character));
        Channel.Service<IPresenceObserver>().OnArrived(character);
    }

    private protected void Depart(SessionId session)
    {
        Assert.True(Channel.Directory.TryGetPlayed(session, out Character character));
        Channel.Game.LogOut(session);
        Channel.Service<IPresenceObserver>().OnDeparted(character);
    }

    /// <summary>Hides or shows, and tells of it.</summary>
    private protected void Hide(SessionId session, bool isHidden)
    {
        Channel.Directory.Hide(session, isHidden);
        Assert.True(Channel.Directory.TryGetPlayed(session, out Character character));
        IPresenceObserver observer = Channel.Service<IPresenceObserver>();
        if (isHidden)
        {
            observer.OnDeparted(character);
        }
        else
        {
            observer.OnArrived(character);
        }
    }

    /// <summary>What was shown since the last call: code, arguments, recipients by user id.</summary>
    private protected string[] TakeEvents(string room)
    {
        var events = Channel.Events.Pushed.Where(pushed => pushed.Message.Room == room).ToList();
        string[] taken = [.. events.Skip(_taken).Select(Describe)];
        _taken = events.Count;
        return taken;
    }

    private static string Describe((GameMessage Message, IReadOnlyList<SessionId>? Recipients) pushed) =>
        $"{pushed.Message.Code}({string.Join(',', pushed.Message.Arguments)}) to {string.Join(',', pushed.Recipients!.Select(session => session.UserId).Order())}";
}
