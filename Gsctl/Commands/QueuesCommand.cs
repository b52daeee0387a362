using System.CommandLine;
using System.Globalization;
using Gsctl.CommandLine;
using Gsctl.Connection;
using Gsctl.Discovery;
using Gsctl.Output;
using Gsctl.Purging;
using Gsctl.Queues;
using Gsctl.Reports;
using Shared.Protocol.Administration;
using Shared.Protocol.Hosting;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Gsctl.Commands;

/// <summary><c>gsctl queues</c>: the message queues as the kernel has them. It needs no daemon.</summary>
internal sealed class QueuesCommand : IOperatorCommand
{
    private const int DefaultLooks = 1000;

    // It is looked for what hangs, so nobody is waited for who may hang.
    private static readonly TimeSpan s_timeoutLimit = TimeSpan.FromSeconds(1);

    private readonly Option<bool> _all = new("--all") { Description = "All queues of this IPC namespace, whoever made them; mailboxes are shown of those of the key." };
    private readonly Option<int> _looks = new("--looks")
    {
        Description = "How many messages of a queue are looked at to count its mailboxes; each look walks the queue from its head.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultLooks,
        CustomParser = result => GlobalOptions.Whole(result, 0, 100_000),
    };

    /// <summary>Makes it.</summary>
    public QueuesCommand() => Syntax = new Command(
        "queues", "The message queues, as the kernel has them: messages, bytes, limits, owner, mode, and what waits in which mailbox. Nothing is taken out.") { _all, _looks };

    /// <inheritdoc/>
    public Command Syntax { get; }

    /// <inheritdoc/>
    public async Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        QueueLimits limits = KernelQueues.ReadLimits();
        bool carriesEnvelopes = context.Ipc.Wire == WireFormat.MessagePack;
        var look = new MailboxLook(
            limits.MaxMessageBytes, parsed.GetValue(_looks), carriesEnvelopes, carriesEnvelopes ? await FindTimeoutAsync(context, cancellationToken) : null);
        QueueView[] queues = [.. KernelQueues.ReadAll(key => RoleOf(context.Ipc, key))
            .Where(queue => parsed.GetValue(_all) || queue.Role != "other")
            .OrderBy(queue => queue.Role == "other").ThenBy(queue => queue.Key)
            .Select(queue => queue.Role == "other" ? queue : look.Look(queue))];
        if (context.Report.IsJson)
        {
            context.Report.Json(new QueuesReport(limits, queues));
        }
        else
        {
            Show(context, limits, queues);
        }

        if (queues.Length == 0 && LeftFiles.FindRings(context.Ipc) is { Count: > 0 } rings)
        {
            context.Report.Problem(string.Create(
                CultureInfo.InvariantCulture, $"there are no queues of key {context.Ipc.RequestKey}, but rings (Ipc:Transport=ring), which are not looked into here; see gsctl status: {string.Join(", ", rings.Select(ring => ring.Path))}"));
        }

        return queues.Length > 0 ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static string RoleOf(IpcOptions ipc, int key) =>
        key == ipc.RequestKey ? ipc.SingleQueue ? "both" : "requests"
        : key == ipc.EffectiveResultKey ? "results"
        : "other";

    // For how long requests are asked the chatDs know, if they are there and agree.
    private static async Task<int?> FindTimeoutAsync(GsctlContext context, CancellationToken cancellationToken)
    {
        try
        {
            IEnumerable<DaemonAddress> chats = new DaemonFinder(context.Ipc).Find(new DaemonSelection(null, null, context.Selection.Sockets)).Where(address => address.MayBe(DaemonRole.ChatD));
            using Fleet fleet = new([.. chats], context.Trust, context.AnswerLimit < s_timeoutLimit ? context.AnswerLimit : s_timeoutLimit);
            IReadOnlyList<DaemonAnswer<DaemonStatus>> answers = await fleet.AskAsync(
                client => client.GetAsync(AdminPaths.Status, AdminJson.Default.DaemonStatus, cancellationToken));
            int[] timeouts = [.. answers.Select(answer => answer.Value).Where(status => status?.Chat is not null).Select(status => status!.Ipc?.RequestTimeoutMs ?? 0).Distinct()];
            return timeouts is [> 0] ? timeouts[0] : null;
        }
        catch (GsctlException)
        {
            return null;
        }
    }

    private static void Show(GsctlContext context, QueueLimits limits, QueueView[] queues)
    {
        TextTable table = new(
            new Column("QUEUE"), new Column("KEY", IsNumber: true), new Column("ID", IsNumber: true), new Column("MESSAGES", IsNumber: true), new Column("BYTES", IsNumber: true),
            new Column("OF", IsNumber: true), new Column("FULL", IsNumber: true), new Column("UID", IsNumber: true), new Column("GID", IsNumber: true), new Column("MODE"),
            new Column("SENT BY", IsNumber: true), new Column("READ BY", IsNumber: true));
        foreach (QueueView queue in queues)
        {
            table.Add(
                queue.Role,
                Number(queue.Key),
                Number(queue.Id),
                Units.Count(queue.Messages),
                Units.Count(queue.Bytes),
                queue.CapacityBytes is { } capacity ? Units.Count(capacity) : null,
                queue.CapacityBytes is { } whole ? Units.Share(queue.Bytes, whole) : null,
                Number(queue.OwnerUid),
                Number(queue.OwnerGid),
                queue.Mode,
                queue.LastSender == 0 ? null : Number(queue.LastSender),
                queue.LastReceiver == 0 ? null : Number(queue.LastReceiver));
        }

        Report report = context.Report;
        report.Table(table);
        if (queues.Length == 0)
        {
            report.Line(string.Create(
                CultureInfo.InvariantCulture, $"There is no queue of key {context.Ipc.RequestKey} or {context.Ipc.EffectiveResultKey}. Another key: --Ipc:RequestKey=N; all queues: --all."));
        }

        report.Line();
        report.Table(MailboxesOf(queues));
        foreach (QueueView queue in queues.Where(queue => queue.MailboxesUnknown is not null))
        {
            report.Line($"{queue.Role}: mailboxes are not known: {queue.MailboxesUnknown}");
        }

        foreach (QueueView queue in queues.Where(queue => queue.Mailboxes is not null && queue.LookedAt < queue.Messages))
        {
            report.Line($"{queue.Role}: {Units.Count(queue.LookedAt)} of {Units.Count(queue.Messages)} messages were looked at; others were taken out meanwhile, or are beyond --looks.");
        }

        report.Line(string.Create(
            CultureInfo.InvariantCulture, $"Limits: kernel.msgmax={limits.MaxMessageBytes} kernel.msgmnb={limits.DefaultQueueBytes} kernel.msgmni={limits.MaxQueues}"));
    }

    private static TextTable MailboxesOf(QueueView[] queues)
    {
        TextTable table = new(
            new Column("QUEUE"), new Column("MAILBOX"), new Column("TYPE", IsNumber: true), new Column("READ BY"), new Column("MESSAGES", IsNumber: true), new Column("BYTES", IsNumber: true),
            new Column("OLDEST", IsNumber: true), new Column("GIVEN UP IN", IsNumber: true));
        foreach (QueueView queue in queues)
        {
            foreach (MailboxView mailbox in queue.Mailboxes ?? [])
            {
                table.Add(
                    queue.Role,
                    mailbox.Kind,
                    Number(mailbox.Type),
                    mailbox.Reader,
                    Units.Count(mailbox.Messages),
                    Units.Count(mailbox.Bytes),
                    mailbox.OldestAgeMs is { } age ? Units.While(age) : null,
                    mailbox.OldestDueInMs is not { } due ? null : due < 0 ? "is given up" : Units.While(due));
            }
        }

        return table;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
