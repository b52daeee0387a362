using Shared.Protocol.Transport;

namespace Faults.Nemesis.Faults;

/// <summary><c>ipcrm -q</c> under load: the queues of some mailboxes.</summary>
internal sealed class RemovedQueueFault(string name, params MailboxKind[] mailboxes) : IFault
{
    public int Row => 5;

    public string Name => name;

    public FaultScope Scope => FaultScope.Queues;

    public Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        foreach (MailboxKind mailbox in mailboxes)
        {
            ForeignMessages.QueueOf(world, mailbox)?.Remove();
        }

        return Task.CompletedTask;
    }
}
