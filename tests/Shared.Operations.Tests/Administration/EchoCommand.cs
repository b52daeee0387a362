using Shared.Operations.Administration;
using Shared.Protocol.Administration;
using Testing.Support.Waiting;

namespace Shared.Operations.Tests.Administration;

/// <summary>Answers with what it was sent, or shows it for ever.</summary>
internal sealed class EchoCommand(string path, AdminCommandKind kind) : IAdminCommand
{
    /// <summary>How many callers are shown something.</summary>
    public int Watching;

    public string Path => path;

    public AdminCommandKind Kind => kind;

    /// <summary>Lets a change of the name <c>slow</c> end.</summary>
    public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken)
    {
        string name = kind == AdminCommandKind.Read ? call.Find("name") ?? string.Empty : call.Read(AdminJson.Default.KickRequest).Name;
        if (name == "fault")
        {
            throw new InvalidOperationException("a secret of the daemon");
        }

        if (name == "slow")
        {
            Interlocked.Increment(ref Watching);
            await Held.Task.WaitAsync(Eventually.DefaultDeadline, cancellationToken);
        }

        return kind == AdminCommandKind.Watch
            ? AdminReply.OfLines(ShowAsync(name, cancellationToken), AdminJson.Default.KickRequest)
            : AdminReply.Of(new KickRequest(name), AdminJson.Default.KickRequest);
    }

    private async IAsyncEnumerable<KickRequest> ShowAsync(string name, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Watching);
        try
        {
            while (true)
            {
                yield return new KickRequest(name);
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref Watching);
        }
    }
}
