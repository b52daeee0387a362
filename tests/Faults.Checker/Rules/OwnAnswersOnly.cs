using Faults.Checker.History;

namespace Faults.Checker.Rules;

/// <summary>Nobody is told what another asked for.</summary>
public sealed class OwnAnswersOnly : IInvariant
{
    /// <inheritdoc/>
    public string Name => "2 own answers only";

    /// <inheritdoc/>
    public void OnEnded(Ended record, TrackedRequest? request, CheckContext context)
    {
        if (request is not null && (request.ChatGeneration != record.ChatGeneration || request.UserId != record.UserId))
        {
            context.Report(this, record.AtNs, $"Told to session {record.UserId} ({record.ChatGeneration:x}): {request}");
        }

        bool hasEcho = false;
        ReadOnlySpan<char> rest = record.Text;
        while (Secret.TryFind(rest, out long secret, out int end))
        {
            hasEcho = true;
            rest = rest[end..];
            if (secret != record.Request)
            {
                context.Report(this, record.AtNs, $"The answer '{record.Text}' is that of request {secret}, told for request {record.Request}.");
            }
        }

        if (!hasEcho && record.Kind == EndKind.Ok && request is { HasSecret: true })
        {
            context.Report(this, record.AtNs, $"The answer '{record.Text}' does not give the secret back: {request}");
        }
    }
}
