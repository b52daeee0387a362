using Shared.Protocol.Administration;

namespace Gsctl.Reports;

/// <summary>What <c>gsctl who --json</c> prints.</summary>
/// <param name="Chats">The players of each chatD.</param>
/// <param name="Channels">The characters of each channelD.</param>
/// <param name="Unreached">Those that could not be asked.</param>
internal sealed record WhoReport(IReadOnlyList<SessionsAnswer> Chats, IReadOnlyList<CharactersAnswer> Channels, IReadOnlyList<Unreached> Unreached);
