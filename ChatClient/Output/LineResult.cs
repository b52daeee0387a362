using Shared.Protocol.Requests;

namespace ChatClient.Output;

/// <summary>How a line ended, ready to be shown.</summary>
/// <param name="Line">The line as it was sent.</param>
/// <param name="Command">The command's id; empty where the line named none.</param>
/// <param name="RequestId">The server's id of the request; 0 where there was none.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Code">The code of the answer.</param>
/// <param name="Text">The answer.</param>
/// <param name="Arguments">What fills the text's places.</param>
/// <param name="Elapsed">From sending to receiving; zero where nothing was sent or received.</param>
public readonly record struct LineResult(
    string Line, string Command, ulong RequestId, OutcomeKind Outcome, string Code, string Text, IReadOnlyList<string> Arguments, TimeSpan Elapsed);
