using Gsctl.Connection;
using Gsctl.Discovery;
using Gsctl.Output;
using Gsctl.Reports;
using Shared.Protocol.Hosting;
using Shared.Protocol.Transport;

namespace Gsctl.CommandLine;

/// <summary>What every command is given.</summary>
/// <param name="Ipc">Key and runtime folder, as the daemons have them.</param>
/// <param name="Selection">Which daemons are meant.</param>
/// <param name="Trust">Who may serve their sockets.</param>
/// <param name="AnswerLimit">How long an answer may take.</param>
/// <param name="Report">Where results go.</param>
internal sealed record GsctlContext(IpcOptions Ipc, DaemonSelection Selection, ServerTrust Trust, TimeSpan AnswerLimit, Report Report)
{
    /// <summary>The daemons that are meant.</summary>
    /// <exception cref="GsctlException">There are none.</exception>
    public Fleet OpenAll() => new(new DaemonFinder(Ipc).Find(Selection), Trust, AnswerLimit);

    /// <summary>Those of one kind among them.</summary>
    /// <exception cref="GsctlException">There are none.</exception>
    public Fleet Open(DaemonRole role)
    {
        string name = role == DaemonRole.ChatD ? "chatD" : "channelD";
        if ((role == DaemonRole.ChatD ? Selection.Channel : Selection.Chat) is not null && (role == DaemonRole.ChatD ? Selection.Chat : Selection.Channel) is null)
        {
            throw new GsctlException(ExitCodes.Usage, $"this is asked of a {name}; leave --{(role == DaemonRole.ChatD ? "channel" : "chat")} out.");
        }

        DaemonAddress[] all = [.. new DaemonFinder(Ipc).Find(Selection).Where(address => address.MayBe(role))];
        return all.Length > 0
            ? new Fleet(all, Trust, AnswerLimit)
            : throw new GsctlException(ExitCodes.CannotReach, $"no {name} of key {Ipc.RequestKey} is there, and this is asked of one.");
    }

    /// <summary>Tells of those that could not be asked.</summary>
    public IReadOnlyList<Unreached> TellUnreached<T>(IEnumerable<DaemonAnswer<T>> answers)
        where T : class
    {
        Unreached[] unreached = [.. answers.Where(answer => answer.Fault is not null)
            .Select(answer => new Unreached(answer.Address.Name, answer.Address.SocketPath, answer.Fault!.Message))];
        foreach (Unreached one in Report.IsJson ? [] : unreached)
        {
            Report.Problem(one.Reason);
        }

        return unreached;
    }
}
