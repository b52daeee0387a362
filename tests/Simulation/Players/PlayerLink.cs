using Simulation.Daemons;

namespace Simulation.Players;

/// <summary>A player's way into one chatD, from the beginning of his log-in to the end of his log-out.</summary>
internal abstract class PlayerLink(ChatDaemon chat, SimPlayer player)
{
    public ChatDaemon Chat { get; protected set; } = chat;

    public SimPlayer Player { get; } = player;

    /// <summary>The number of his session.</summary>
    public abstract int SessionId { get; }

    public bool IsIn { get; protected set; }

    /// <summary>Whether nothing of his is under way.</summary>
    public virtual bool IsQuiet => IsIn;

    protected SimWorld World { get; } = chat.World;

    public abstract void LogIn();

    /// <summary>Asks for something, if he can.</summary>
    /// <param name="command">The command.</param>
    /// <param name="hasSecret">Whether its argument is the request's secret.</param>
    /// <param name="argument">The argument otherwise.</param>
    public abstract void Ask(string command, bool hasSecret, string argument = "");

    /// <summary>He goes, in one of the ways there are.</summary>
    public abstract void Leave();

    /// <summary>Something happens to his connection.</summary>
    public virtual void Suffer()
    {
    }

    /// <summary>What he asked is a line of the history.</summary>
    protected static string LineOf(long request, string command, bool hasSecret, string argument) =>
        $"{command} {(hasSecret ? Faults.Checker.Secret.Of(request) : argument)}";
}
