using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Moderation;
using Microsoft.Extensions.Options;
using Shared.Operations.Administration;
using Shared.Protocol.Administration;
using Shared.Protocol.Requests;

namespace ChannelD.Administration;

/// <summary>Tells of the characters of this channelD, hidden ones among them.</summary>
internal sealed class ListCharacters(IOptions<ChannelOptions> options, CharacterDirectory directory, IMutes mutes, TimeProvider time) : IAdminCommand
{
    // The directory's lock is let go between two of these.
    private const int AtOnce = 256;

    private readonly MonotonicClock _clock = new(time);

    /// <inheritdoc/>
    public string Path => AdminPaths.Who;

    /// <inheritdoc/>
    public AdminCommandKind Kind => AdminCommandKind.Read;

    /// <inheritdoc/>
    public ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken)
    {
        int limit = call.FindNumber("limit", AdminLimits.DefaultWho, 0, AdminLimits.MaxWho);
        List<Character> characters = [];
        int cursor = 0;
        while (characters.Count < limit && directory.CopyNext(ref cursor, AtOnce, characters))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        CharacterStatus[] shown = [.. characters.Take(limit).Select(Describe)];
        return ValueTask.FromResult(AdminReply.Of(new CharactersAnswer(options.Value.Id, directory.Count, shown), AdminJson.Default.CharactersAnswer));
    }

    private CharacterStatus Describe(Character character)
    {
        Mute? mute = mutes.TryGet(character.Name.Key, out Mute found) ? found : null;
        return new CharacterStatus(
            character.Name.Display,
            character.Channel,
            character.Map.Display,
            PresenceMetrics.NameOf(character.State),
            character.Tier,
            character.IsHidden,
            character.Session.ChatInstance,
            character.Session.UserId,
            Math.Max(0, _clock.NowNs - character.EnteredAtNs) / 1_000_000,
            mute?.UntilUtc,
            mute?.IssuedBy,
            mute?.IssuedUtc);
    }
}
